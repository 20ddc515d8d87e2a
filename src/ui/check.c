/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "check.h"

#include "base/secret.h"
#include "judge/failure.h"
#include "keyring.h"
#include "measurement.h"
#include "network-wait.h"
#include "result/app-row.h"
#include "seen/secure.h"
#include "words/describe.h"

/**
 * SidetoneCheck:
 *
 * The account and password of a window's check, as long as the check may be repeated: each
 * repetition is a #SidetoneRun of its own, and may wait for a network. Once the server has accepted the
 * password, keeps it in the secret store or has it removed there.
 */
struct _SidetoneCheck
{
  GObject parent_instance;

  SidetoneAccount *account;          /* NULL before the first check, and with a report from a file */
  char *password;                    /* wiped when the form gets it back */
  gboolean remember;                 /* the form's setting at the start of the check */
  gboolean forget;
  SidetoneRun *run;
  SidetoneAccount *used;             /* the run's account, which may accept one certificate */
  SidetoneMeasurement *measurement;  /* NULL unless it goes on beside the run */
  GCancellable *cancellable;
  SidetoneNetworkWait *network_wait; /* NULL unless waiting for a network */
};

enum { PROP_0, PROP_WAITING, PROP_MEASUREMENT, N_PROPS };
enum { STARTED, ENDED, REFUSED, UNSTARTED, MEASURED, KEEPS, NOT_KEPT, FORGETS, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneCheck, sidetone_check, G_TYPE_OBJECT)

static void
kept_cb (gboolean kept,
         gpointer user_data)
{
  g_autoptr (SidetoneCheck) self = user_data;

  if (!kept)
    g_signal_emit (self, signals[NOT_KEPT], 0);
}

/* Only an accepted password is worth keeping. */
static void
keep_or_forget_password (SidetoneCheck *self)
{
  const char *jid = sidetone_account_get_jid (self->account);

  if (self->remember)
    {
      g_signal_emit (self, signals[KEEPS], 0, jid);
      sidetone_keyring_keep (jid, self->password, kept_cb, g_object_ref (self));
    }
  else if (self->forget)
    {
      g_signal_emit (self, signals[FORGETS], 0, jid);
      sidetone_keyring_forget (jid);
    }
}

static void
conclude (SidetoneCheck *self)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (self->run);

  if (diagnosis != NULL && !sidetone_diagnosis_has_failed (diagnosis))
    keep_or_forget_password (self);

  if (diagnosis != NULL &&
      sidetone_diagnosis_get_next_step (diagnosis) == SIDETONE_NEXT_STEP_CORRECT_PASSWORD)
    g_signal_emit (self, signals[REFUSED], 0, self->run);
  else
    g_signal_emit (self, signals[ENDED], 0, self->run);
}

static void
on_run_notify_stage (SidetoneRun   *run,
                     GParamSpec    *pspec,
                     SidetoneCheck *self)
{
  if (sidetone_run_get_stage (run) == SIDETONE_RUN_STAGE_FINISHED)
    conclude (self);
}

/* A check that never began, or that was cancelled: everything else is a finding. */
static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (SidetoneCheck) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!sidetone_run_start_finish (SIDETONE_RUN (source), result, &error) &&
      error->domain == SIDETONE_ERROR && self->run == SIDETONE_RUN (source))
    {
      g_autofree char *words = sidetone_describe_error (error->code, NULL, NULL);

      g_signal_emit (self, signals[UNSTARTED], 0, words);
    }
}

/* @account: the form's, or a copy that accepts one certificate */
static void
start (SidetoneCheck   *self,
       SidetoneAccount *account,
       gboolean         video)
{
  g_autoptr (SidetoneRun) run = sidetone_run_new ();

  sidetone_check_end (self);
  sidetone_run_set_video (run, video);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->run, run);
  sidetone_app_apply (run);
  sidetone_account_ref (account);
  g_clear_pointer (&self->used, sidetone_account_unref);
  self->used = account;
  sidetone_run_start_async (run, account, self->password, 0, self->cancellable, run_cb,
                            g_object_ref (self));
  g_signal_emit (self, signals[STARTED], 0, run);
  g_signal_connect_object (run, "notify::stage", G_CALLBACK (on_run_notify_stage), self, 0);
}

static void
sidetone_check_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  SidetoneCheck *self = SIDETONE_CHECK (object);

  switch (property_id)
    {
    case PROP_WAITING:
      g_value_set_boolean (value, sidetone_check_is_waiting (self));
      break;

    case PROP_MEASUREMENT:
      g_value_set_object (value, sidetone_check_get_measurement (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_check_dispose (GObject *object)
{
  SidetoneCheck *self = SIDETONE_CHECK (object);

  sidetone_check_end (self);
  g_clear_object (&self->run);
  sidetone_check_clear (self);

  G_OBJECT_CLASS (sidetone_check_parent_class)->dispose (object);
}

static void
install_signals (GType type)
{
  /**
   * SidetoneCheck::started:
   * @run: the starting check
   */
  signals[STARTED] = g_signal_new ("started", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, SIDETONE_TYPE_RUN);

  /**
   * SidetoneCheck::ended:
   * @run: the check
   *
   * The check is over, and its result is to be shown.
   */
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, SIDETONE_TYPE_RUN);

  /**
   * SidetoneCheck::refused:
   * @run: the check
   *
   * The check ended at the password.
   */
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, SIDETONE_TYPE_RUN);

  /**
   * SidetoneCheck::unstarted:
   * @words: why
   *
   * The check could not begin.
   */
  signals[UNSTARTED] = g_signal_new ("unstarted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SidetoneCheck::measured:
   * @run: (nullable): a new check, with what was asked for; %NULL if that could not be measured
   *
   * The measurement is over.
   */
  signals[MEASURED] = g_signal_new ("measured", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, SIDETONE_TYPE_RUN);

  /**
   * SidetoneCheck::keeps:
   * @jid: the account whose password goes to the secret store
   */
  signals[KEEPS] = g_signal_new ("keeps", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SidetoneCheck::not-kept:
   *
   * The secret store did not keep the password.
   */
  signals[NOT_KEPT] = g_signal_new ("not-kept", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);

  /**
   * SidetoneCheck::forgets:
   * @jid: the account whose password is removed from the secret store, as the form asked for
   */
  signals[FORGETS] = g_signal_new ("forgets", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sidetone_check_class_init (SidetoneCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_check_dispose;
  object_class->get_property = sidetone_check_get_property;

  /**
   * SidetoneCheck:waiting:
   *
   * Whether the check goes on automatically once there is a network.
   */
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SidetoneCheck:measurement:
   *
   * The run that measures something on request, while the result of another one is shown.
   */
  properties[PROP_MEASUREMENT] = g_param_spec_object ("measurement", NULL, NULL, SIDETONE_TYPE_RUN,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
sidetone_check_init (SidetoneCheck *self)
{
}

/**
 * sidetone_check_new:
 *
 * Returns: (transfer full): a check without an account yet
 */
SidetoneCheck *
sidetone_check_new (void)
{
  return g_object_new (SIDETONE_TYPE_CHECK, NULL);
}

/**
 * sidetone_check_begin:
 * @self: a check
 * @account: the account to check
 * @password: (transfer full): its password
 * @remember: whether to keep the password in the secret store once the server has accepted it
 * @forget: whether to have it removed there then
 *
 * Takes the form's input, and starts.
 */
void
sidetone_check_begin (SidetoneCheck   *self,
                      SidetoneAccount *account,
                      char            *password,
                      gboolean         remember,
                      gboolean         forget)
{
  g_return_if_fail (SIDETONE_IS_CHECK (self));
  g_return_if_fail (account != NULL && password != NULL);

  sidetone_account_ref (account);
  sidetone_check_clear (self);
  self->account = account;
  self->password = password;
  self->remember = remember;
  self->forget = forget;
  start (self, account, FALSE);
}

/**
 * sidetone_check_repeat:
 * @self: a check that can be repeated
 *
 * Repeats the check, with the same account.
 */
void
sidetone_check_repeat (SidetoneCheck *self)
{
  g_return_if_fail (SIDETONE_IS_CHECK (self));

  start (self, self->account, FALSE);
}

static void
end_measurement (SidetoneCheck *self)
{
  if (self->measurement == NULL)
    return;

  g_clear_pointer (&self->measurement, sidetone_measurement_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEASUREMENT]);
}

/* The new result takes the place of the shown one, unless it is worth less. */
static void
measured_cb (SidetoneRun *measured,
             gpointer     user_data)
{
  SidetoneCheck *self = user_data;
  g_autoptr (SidetoneRun) run = measured != NULL ? g_object_ref (measured) : NULL;

  if (run != NULL)
    g_set_object (&self->run, run);
  end_measurement (self);
  g_signal_emit (self, signals[MEASURED], 0, run);
}

/* @video: as sidetone_measurement_new() has it */
static void
start_measurement (SidetoneCheck *self,
                   gboolean       video)
{
  if (self->measurement != NULL)
    return;

  self->measurement = sidetone_measurement_new (video, self->used, self->password, measured_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEASUREMENT]);
}

/**
 * sidetone_check_measure:
 * @self: a check that has ended, and can be repeated
 *
 * Measures how long UDP stays open, in a new run of its own: that takes minutes.
 */
void
sidetone_check_measure (SidetoneCheck *self)
{
  g_return_if_fail (SIDETONE_IS_CHECK (self));

  start_measurement (self, FALSE);
}

/**
 * sidetone_check_test_video:
 * @self: a check that has ended, and can be repeated
 *
 * Tests how much video there is room for, in a new run of its own.
 */
void
sidetone_check_test_video (SidetoneCheck *self)
{
  g_return_if_fail (SIDETONE_IS_CHECK (self));

  start_measurement (self, TRUE);
}

/**
 * sidetone_check_stop_measuring:
 * @self: a check
 *
 * Ends the measurement: what is known so far counts.
 */
void
sidetone_check_stop_measuring (SidetoneCheck *self)
{
  g_return_if_fail (SIDETONE_IS_CHECK (self));

  if (self->measurement != NULL && !sidetone_measurement_end (self->measurement))
    end_measurement (self);
}

/**
 * sidetone_check_get_measurement:
 * @self: a check
 *
 * Returns: (transfer none) (nullable): the run that measures something on request
 */
SidetoneRun *
sidetone_check_get_measurement (SidetoneCheck *self)
{
  g_return_val_if_fail (SIDETONE_IS_CHECK (self), NULL);

  return self->measurement != NULL ? sidetone_measurement_get_run (self->measurement) : NULL;
}

/**
 * sidetone_check_repeat_alike:
 * @self: a check that can be repeated
 *
 * The same, with a test of room for video if the last check had one: both are to be compared.
 */
void
sidetone_check_repeat_alike (SidetoneCheck *self)
{
  g_return_if_fail (SIDETONE_IS_CHECK (self));

  start (self, self->account, sidetone_run_tests_video (self->run));
}

/**
 * sidetone_check_repeat_with_certificate:
 * @self: a check that ended at a certificate
 *
 * Repeats the check with the certificate that was just shown, accepted only this time.
 */
void
sidetone_check_repeat_with_certificate (SidetoneCheck *self)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (self->run);
  SidetoneObservation *certificate = NULL;
  g_autoptr (SidetoneAccount) pinned = NULL;

  /* The latest run may have been cancelled. */
  if (diagnosis != NULL)
    certificate = sidetone_failure_find_certificate (sidetone_diagnosis_get_evidence (diagnosis));
  if (certificate != NULL)
    pinned = sidetone_account_new_pinned (self->account,
                                          sidetone_observation_get_secure (certificate)->sha256,
                                          NULL);
  start (self, pinned != NULL ? pinned : self->account, FALSE);
}

static void
online_cb (gpointer user_data)
{
  sidetone_check_repeat (user_data);
}

/**
 * sidetone_check_repeat_online:
 * @self: a check that can be repeated
 *
 * Repeats the check once there is a network.
 */
void
sidetone_check_repeat_online (SidetoneCheck *self)
{
  if (g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    {
      start (self, self->account, FALSE);
      return;
    }

  g_clear_pointer (&self->network_wait, sidetone_network_wait_free);
  self->network_wait = sidetone_network_wait_new (online_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

/**
 * sidetone_check_stop_waiting:
 * @self: a check
 *
 * Stops waiting for a network.
 */
void
sidetone_check_stop_waiting (SidetoneCheck *self)
{
  if (self->network_wait == NULL)
    return;

  g_clear_pointer (&self->network_wait, sidetone_network_wait_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

/**
 * sidetone_check_end:
 * @self: a check
 *
 * Ends the running check, if any: its connection process is killed.
 */
void
sidetone_check_end (SidetoneCheck *self)
{
  g_return_if_fail (SIDETONE_IS_CHECK (self));

  sidetone_check_stop_waiting (self);
  end_measurement (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
}

/**
 * sidetone_check_clear:
 * @self: a check that has ended
 *
 * Forgets the account, and wipes its password.
 */
void
sidetone_check_clear (SidetoneCheck *self)
{
  g_return_if_fail (SIDETONE_IS_CHECK (self));

  g_clear_pointer (&self->account, sidetone_account_unref);
  g_clear_pointer (&self->used, sidetone_account_unref);
  g_clear_pointer (&self->password, sidetone_secret_free);
}

/**
 * sidetone_check_take_password:
 * @self: a check
 *
 * Returns: (transfer full) (nullable): the password, to be freed with sidetone_secret_free(); the
 *   check can't be repeated without it
 */
char *
sidetone_check_take_password (SidetoneCheck *self)
{
  g_return_val_if_fail (SIDETONE_IS_CHECK (self), NULL);

  return g_steal_pointer (&self->password);
}

/**
 * sidetone_check_has_account:
 * @self: a check
 *
 * Returns: whether there is an account to check
 */
gboolean
sidetone_check_has_account (SidetoneCheck *self)
{
  g_return_val_if_fail (SIDETONE_IS_CHECK (self), FALSE);

  return self->account != NULL;
}

/**
 * sidetone_check_can_repeat:
 * @self: a check
 *
 * Returns: whether it can be repeated: it has an account and a password
 */
gboolean
sidetone_check_can_repeat (SidetoneCheck *self)
{
  g_return_val_if_fail (SIDETONE_IS_CHECK (self), FALSE);

  return self->account != NULL && self->password != NULL;
}

/**
 * sidetone_check_is_waiting:
 * @self: a check
 *
 * Returns: whether it waits for a network
 */
gboolean
sidetone_check_is_waiting (SidetoneCheck *self)
{
  g_return_val_if_fail (SIDETONE_IS_CHECK (self), FALSE);

  return self->network_wait != NULL;
}
