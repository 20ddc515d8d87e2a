/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/step-item.h"

#include "result/stable-list.h"

/**
 * SidetoneStepItem:
 *
 * A step in the list of steps: it stays the same object while the check goes on, and its list of
 * observations grows.
 */
struct _SidetoneStepItem
{
  GObject parent_instance;

  SidetoneStepKind kind;
  SidetoneStep *step;
  GListStore *observations;
};

enum { PROP_0, PROP_STEP, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SidetoneStepItem, sidetone_step_item, G_TYPE_OBJECT)

static void
sidetone_step_item_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  SidetoneStepItem *self = SIDETONE_STEP_ITEM (object);

  switch (property_id)
    {
    case PROP_STEP:
      g_value_set_boxed (value, self->step);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_step_item_dispose (GObject *object)
{
  SidetoneStepItem *self = SIDETONE_STEP_ITEM (object);

  g_clear_pointer (&self->step, sidetone_step_unref);
  g_clear_object (&self->observations);

  G_OBJECT_CLASS (sidetone_step_item_parent_class)->dispose (object);
}

static void
sidetone_step_item_class_init (SidetoneStepItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_step_item_dispose;
  object_class->get_property = sidetone_step_item_get_property;

  properties[PROP_STEP] = g_param_spec_boxed ("step", NULL, NULL, SIDETONE_TYPE_STEP,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sidetone_step_item_init (SidetoneStepItem *self)
{
  self->observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
}

SidetoneStepItem *
sidetone_step_item_new (SidetoneStepKind kind)
{
  SidetoneStepItem *self = g_object_new (SIDETONE_TYPE_STEP_ITEM, NULL);

  self->kind = kind;

  return self;
}

/**
 * sidetone_step_item_set_step:
 * @self: an item
 * @step: the step's new state; of this check or another one
 *
 * Sets the step's progress and observations.
 */
void
sidetone_step_item_set_step (SidetoneStepItem *self,
                             SidetoneStep     *step)
{
  GListModel *model = sidetone_step_get_observations (step);
  g_autoptr (GPtrArray) observations = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (observations, g_list_model_get_item (model, i));
  sidetone_stable_list_update (self->observations, observations, g_direct_hash, g_direct_equal);

  sidetone_step_ref (step);
  g_clear_pointer (&self->step, sidetone_step_unref);
  self->step = step;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEP]);
}

SidetoneStepKind
sidetone_step_item_get_kind (SidetoneStepItem *self)
{
  return self->kind;
}

/* Returns: (transfer none) (nullable): NULL before the first check */
SidetoneStep *
sidetone_step_item_get_step (SidetoneStepItem *self)
{
  return self->step;
}

/* Returns: (transfer none): a list of SidetoneObservation, always the same object */
GListModel *
sidetone_step_item_get_observations (SidetoneStepItem *self)
{
  return G_LIST_MODEL (self->observations);
}
