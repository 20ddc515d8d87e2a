/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/address-card.h"

#include "result/fit.h"
#include "result/hop-popover.h"
#include "result/pair-layout.h"
#include "words/describe.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SidetoneAddressCard:
 *
 * One end of the path: its address and port, large, selectable and copyable; the address's scope;
 * and what differs from the other end. Without an address it says why.
 */
struct _SidetoneAddressCard
{
  AdwBin parent_instance;

  char *title;
  char *icon_name;

  GtkWidget *endpoint_box;
  GtkLabel *title_label;
  GtkLabel *address_label;
  GtkLabel *address_badge;
  GtkLabel *scope_label;
  GtkLabel *port_label;
  GtkLabel *port_badge;
  GtkLabel *reason_label;
  GtkWidget *copy_button;
  GtkWidget *evidence_button;

  SidetoneEndpoint *endpoint;
};

enum { PROP_0, PROP_TITLE, PROP_ICON_NAME, N_PROPS };

enum { COPIED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneAddressCard, sidetone_address_card, ADW_TYPE_BIN)

static const char *
get_badge_class (SidetoneChange change)
{
  switch (change)
    {
    case SIDETONE_CHANGE_UNKNOWN:
    case SIDETONE_CHANGE_SAME:
      break;

    case SIDETONE_CHANGE_CHANGED:
      return "changed";
    }

  return "same";
}

static void
set_badge (GtkLabel      *badge,
           SidetoneChange change)
{
  gtk_widget_set_visible (GTK_WIDGET (badge), change != SIDETONE_CHANGE_UNKNOWN);
  gtk_label_set_text (badge, sidetone_describe_change (change));
  gtk_widget_remove_css_class (GTK_WIDGET (badge), "changed");
  gtk_widget_remove_css_class (GTK_WIDGET (badge), "same");
  gtk_widget_add_css_class (GTK_WIDGET (badge), get_badge_class (change));
}

static void
copy_endpoint (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  SidetoneAddressCard *self = SIDETONE_ADDRESS_CARD (widget);
  g_autoptr (GdkContentProvider) content = NULL;
  g_autofree char *text = NULL;

  if (self->endpoint == NULL)
    return;

  text = sidetone_endpoint_format (self->endpoint);
  content = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  g_signal_emit (self, signals[COPIED], 0,
                 gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content));
}

/* Addresses are written from left to right in every language, but aligned like other text */
static void
align_addresses (SidetoneAddressCard *self)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  gtk_label_set_xalign (self->address_label, is_rtl ? 1.0 : 0.0);
}

static void
sidetone_address_card_direction_changed (GtkWidget       *widget,
                                         GtkTextDirection previous_direction)
{
  GTK_WIDGET_CLASS (sidetone_address_card_parent_class)->direction_changed (widget,
                                                                            previous_direction);
  align_addresses (SIDETONE_ADDRESS_CARD (widget));
}

static void
sidetone_address_card_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  SidetoneAddressCard *self = SIDETONE_ADDRESS_CARD (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_address_card_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  SidetoneAddressCard *self = SIDETONE_ADDRESS_CARD (object);

  switch (property_id)
    {
    case PROP_TITLE:
      self->title = g_value_dup_string (value);
      break;

    case PROP_ICON_NAME:
      self->icon_name = g_value_dup_string (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_address_card_constructed (GObject *object)
{
  SidetoneAddressCard *self = SIDETONE_ADDRESS_CARD (object);
  g_autofree char *label = NULL;
  g_autofree char *evidence = NULL;

  G_OBJECT_CLASS (sidetone_address_card_parent_class)->constructed (object);

  /* Translators: %s is the title of a card: "This computer", "Seen by your server" */
  label = g_strdup_printf (_("Copy address and port: %s"), self->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "",
                                  -1);
  /* Translators: %s is the title of a card: "This computer", "Seen by your server" */
  evidence = g_strdup_printf (_("Evidence: %s"), self->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->evidence_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, evidence,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "",
                                  -1);
}

static void
sidetone_address_card_dispose (GObject *object)
{
  SidetoneAddressCard *self = SIDETONE_ADDRESS_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_ADDRESS_CARD);
  g_clear_pointer (&self->endpoint, sidetone_endpoint_unref);

  G_OBJECT_CLASS (sidetone_address_card_parent_class)->dispose (object);
}

static void
sidetone_address_card_finalize (GObject *object)
{
  SidetoneAddressCard *self = SIDETONE_ADDRESS_CARD (object);

  g_free (self->title);
  g_free (self->icon_name);

  G_OBJECT_CLASS (sidetone_address_card_parent_class)->finalize (object);
}

static void
sidetone_address_card_class_init (SidetoneAddressCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = sidetone_address_card_constructed;
  object_class->dispose = sidetone_address_card_dispose;
  object_class->finalize = sidetone_address_card_finalize;
  object_class->get_property = sidetone_address_card_get_property;
  object_class->set_property = sidetone_address_card_set_property;
  widget_class->direction_changed = sidetone_address_card_direction_changed;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "",
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, "",
                                                    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SidetoneAddressCard::copied:
   * @done: whether the display took them
   *
   * The address and port have been copied to the clipboard, or were to be.
   */
  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_install_action (widget_class, "card.copy", NULL, copy_endpoint);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  g_type_ensure (SIDETONE_TYPE_FIT);
  g_type_ensure (SIDETONE_TYPE_PAIR_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/sidetone/result/address-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, endpoint_box);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, address_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, address_badge);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, scope_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, port_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, port_badge);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, reason_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, copy_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAddressCard, evidence_button);
}

static void
sidetone_address_card_init (SidetoneAddressCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (GTK_WIDGET (self->address_label), GTK_TEXT_DIR_LTR);
  align_addresses (self);
}

/* A line that is too short for the whole address breaks after a colon, or a space of
 * the words in place of a hidden one; an IPv4 address never breaks */
static void
keep_groups_whole (GtkLabel   *label,
                   const char *address)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const char *at = address;

  while (*at != '\0')
    {
      gsize length = strcspn (at, ": ");
      PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);

      length += strspn (at + length, ": ");
      attribute->start_index = at - address;
      attribute->end_index = attribute->start_index + length;
      pango_attr_list_insert (attributes, attribute);
      at += length;
    }

  gtk_label_set_attributes (label, attributes);
}

static void
show_endpoint (SidetoneAddressCard *self,
               gboolean             known)
{
  gtk_widget_set_visible (self->endpoint_box, known);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), !known);
}

/**
 * sidetone_address_card_set_endpoint:
 * @self: a card
 * @endpoint: the end to show
 * @address_change: how its address differs from the other end's
 * @port_change: how its port differs
 *
 * Shows an end of the path.
 */
void
sidetone_address_card_set_endpoint (SidetoneAddressCard *self,
                                    SidetoneEndpoint    *endpoint,
                                    SidetoneChange       address_change,
                                    SidetoneChange       port_change)
{
  GInetAddress *inet_address = sidetone_endpoint_get_address (endpoint);
  g_autofree char *address = sidetone_describe_address (endpoint);
  g_autofree char *port = sidetone_describe_port (endpoint);

  sidetone_endpoint_ref (endpoint);
  g_clear_pointer (&self->endpoint, sidetone_endpoint_unref);
  self->endpoint = endpoint;

  gtk_label_set_text (self->address_label, address);
  keep_groups_whole (self->address_label, address);
  gtk_label_set_text (self->scope_label,
                      sidetone_describe_scope (sidetone_address_scope_of (inet_address)));
  gtk_label_set_text (self->port_label, port);
  set_badge (self->address_badge, address_change);
  set_badge (self->port_badge, port_change);
  /* Nobody could use a made-up address. */
  gtk_widget_set_visible (self->copy_button, !sidetone_endpoint_is_hidden (endpoint));
  show_endpoint (self, TRUE);
}

/**
 * sidetone_address_card_set_reason:
 * @self: a card
 * @reason: why there is no address, translated
 *
 * Shows that this end is unknown.
 */
void
sidetone_address_card_set_reason (SidetoneAddressCard *self,
                                  const char          *reason)
{
  g_clear_pointer (&self->endpoint, sidetone_endpoint_unref);
  gtk_label_set_text (self->reason_label, reason);
  gtk_widget_set_visible (self->copy_button, FALSE);
  show_endpoint (self, FALSE);
}

/**
 * sidetone_address_card_set_hop:
 * @self: a card
 * @hop: the hop of the way that it shows
 * @diagnosis: (nullable): the diagnosis that it is from, %NULL while there is none
 *
 * Offers the evidence for this end.
 */
void
sidetone_address_card_set_hop (SidetoneAddressCard     *self,
                               const SidetoneHop       *hop,
                               const SidetoneDiagnosis *diagnosis)
{
  gtk_widget_set_visible (self->evidence_button,
                          sidetone_hop_popover_offer (GTK_MENU_BUTTON (self->evidence_button),
                                                      hop, diagnosis));
}
