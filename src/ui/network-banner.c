/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "network-banner.h"

#include "base/announce.h"
#include "result/pair-layout.h"

/**
 * SidetoneNetworkBanner:
 *
 * Says that this computer is in another network than at the check whose result is shown. It stands
 * below the page, so that it moves nothing there.
 */
struct _SidetoneNetworkBanner
{
  AdwBin parent_instance;

  SidetoneRun *run;
  GtkRevealer *revealer;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (SidetoneNetworkBanner, sidetone_network_banner, ADW_TYPE_BIN)

static void
update (SidetoneNetworkBanner *self)
{
  gboolean has_moved = self->run != NULL && sidetone_run_has_moved (self->run);

  if (has_moved == gtk_revealer_get_reveal_child (self->revealer))
    return;

  gtk_revealer_set_reveal_child (self->revealer, has_moved);
  /* Tab may not reach a button that can't be seen. */
  gtk_widget_set_visible (gtk_revealer_get_child (self->revealer), has_moved);
  if (has_moved)
    sidetone_announce (GTK_WIDGET (self), gtk_label_get_text (self->label));
}

static void
sidetone_network_banner_dispose (GObject *object)
{
  SidetoneNetworkBanner *self = SIDETONE_NETWORK_BANNER (object);

  g_clear_object (&self->run);

  G_OBJECT_CLASS (sidetone_network_banner_parent_class)->dispose (object);
}

static void
sidetone_network_banner_class_init (SidetoneNetworkBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_network_banner_dispose;

  g_type_ensure (SIDETONE_TYPE_PAIR_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/network-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneNetworkBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNetworkBanner, label);
}

static void
sidetone_network_banner_init (SidetoneNetworkBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
}

/**
 * sidetone_network_banner_show_run:
 * @self: a banner
 * @run: (nullable): the run whose result is shown; %NULL if none is, or if it can't be repeated
 *
 * Follows the network from now on.
 */
void
sidetone_network_banner_show_run (SidetoneNetworkBanner *self,
                                  SidetoneRun           *run)
{
  g_set_object (&self->run, run);
  update (self);
}
