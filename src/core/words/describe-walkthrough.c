/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Words for a walkthrough, the step-by-step differential diagnosis: its questions, its acts, and
 * its result. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "judge/verdict.h"

static gboolean
is_about_typos (const SidetoneWalkthrough *walkthrough)
{
  return sidetone_walkthrough_get_act (walkthrough) == SIDETONE_ACT_CHECK_TYPOS;
}

/* The main suspect; NULL if nothing is wrong */
static const SidetoneSuspect *
get_main (const SidetoneWalkthrough *walkthrough)
{
  return sidetone_walkthrough_get_n_suspects (walkthrough) > 0
         ? sidetone_walkthrough_get_suspect (walkthrough, 0) : NULL;
}

/* Whether one person can find out which of the causes it is */
static gboolean
has_one_owner (const SidetoneSuspect *suspect)
{
  SidetoneOwner found = SIDETONE_OWNER_UNKNOWN;

  for (guint i = 0; i < suspect->n_causes; i++)
    {
      SidetoneOwner owner = sidetone_suspect_get_owner (suspect, &suspect->causes[i]);

      if (!sidetone_cause_is_left (&suspect->causes[i]))
        continue;
      if (owner == SIDETONE_OWNER_UNKNOWN || (found != SIDETONE_OWNER_UNKNOWN && owner != found))
        return FALSE;

      found = owner;
    }

  return TRUE;
}

static char *
describe_end (const SidetoneWalkthrough *walkthrough)
{
  const SidetoneSuspect *suspect = get_main (walkthrough);
  SidetoneDiagnosis *first = sidetone_walkthrough_get_first (walkthrough);

  if (suspect == NULL ||
      sidetone_diagnosis_get_verdict (first)->state == SIDETONE_VERDICT_GOOD)
    return sidetone_describe_headline (first);
  if (suspect->comes_and_goes)
    return g_strdup (_("The fault comes and goes"));

  if (sidetone_suspect_get_cause (suspect) != NULL)
    return g_strdup (_("The cause is found"));

  return g_strdup (has_one_owner (suspect) ? _("It is clear who can fix it")
                   : _("Several causes are left"));
}

/**
 * sidetone_describe_station:
 * @walkthrough: a walkthrough
 *
 * Returns: (transfer full): the question or the act, or whether the cause was found
 */
char *
sidetone_describe_station (const SidetoneWalkthrough *walkthrough)
{
  switch (sidetone_walkthrough_get_station (walkthrough))
    {
    case SIDETONE_STATION_START:
      return g_strdup (_("Check whether calls work."));

    case SIDETONE_STATION_HERE:
      return g_strdup (_("Do calls fail on this network, at this time?"));

    case SIDETONE_STATION_THERE:
      return g_strdup (_("Check again on the network where calls fail, or when they fail."));

    case SIDETONE_STATION_ACT:
      return g_strdup (is_about_typos (walkthrough) ? _("Is everything spelled right?")
                       : _(sidetone_act_get_row (sidetone_walkthrough_get_act (walkthrough))->request));

    case SIDETONE_STATION_END:
      break;
    }

  return describe_end (walkthrough);
}

static void
append_cause (GString    *list,
              const char *cause)
{
  if (list->len > 0)
    g_string_append (list, C_("between two causes", " or "));
  g_string_append (list, cause);
}

/* What the act decides about */
static char *
describe_act_reason (const SidetoneWalkthrough *walkthrough)
{
  const SidetoneSuspect *suspect = sidetone_walkthrough_get_asked (walkthrough);
  SidetoneAct act = sidetone_walkthrough_get_act (walkthrough);
  g_autofree char *title = sidetone_describe_finding_title (suspect->finding);
  g_autoptr (GString) causes = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < suspect->n_causes; i++)
    {
      if (sidetone_suspect_is_decided_by (suspect, &suspect->causes[i], act))
        append_cause (causes, sidetone_describe_rival (suspect->causes[i].rival));
    }

  if (is_about_typos (walkthrough))
    /* Translators: {title} is what was found, such as "A different server answers", {causes} one
     * possible cause or several, such as "a typo in the account or the server", {server} the
     * server of the account */
    g_string_assign (text, _("Found: {title}. The cause may also be {causes}. The check went to {server}."));
  else
    /* Translators: {title} is what was found, such as "This network blocks calls (UDP)", {causes}
     * one possible cause or several, such as "your VPN" */
    g_string_assign (text, _("Found: {title}. The cause may also be {causes}. The next check shows that."));
  g_string_replace (text, "{title}", title, 1);
  g_string_replace (text, "{causes}", causes->str, 1);
  g_string_replace (text, "{server}",
                    sidetone_diagnosis_get_domain (sidetone_walkthrough_get_first (walkthrough)), 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * sidetone_describe_station_reason:
 * @walkthrough: a walkthrough
 *
 * Returns: (transfer full) (nullable): why it asks for that; %NULL at the end
 */
char *
sidetone_describe_station_reason (const SidetoneWalkthrough *walkthrough)
{
  switch (sidetone_walkthrough_get_station (walkthrough))
    {
    case SIDETONE_STATION_START:
      return g_strdup (_("If something is wrong, you are asked for one thing after the other, at most "
                         "five, until it is clear what the cause is and who can fix it."));

    case SIDETONE_STATION_HERE:
      return g_strdup (_("Nothing that stops calls was found here. If they fail in another place, or "
                         "only at times, a check here and now can't show why."));

    case SIDETONE_STATION_THERE:
      return g_strdup (_("Only a check in that place, or at that time, can show what is wrong."));

    case SIDETONE_STATION_ACT:
      return describe_act_reason (walkthrough);

    case SIDETONE_STATION_END:
      break;
    }

  return NULL;
}

static char *
describe_early_end (const SidetoneWalkthrough *walkthrough)
{
  SidetoneDiagnosis *diagnosis = sidetone_walkthrough_get_remarked (walkthrough);
  g_autofree char *headline = sidetone_describe_headline (diagnosis);

  /* Translators: %s is what was found, such as "This computer is offline" */
  return g_strdup_printf (_("That check could not tell: %s."), headline);
}

/**
 * sidetone_describe_remark:
 * @walkthrough: a walkthrough
 *
 * Returns: (transfer full) (nullable): why the same is asked for once more
 */
char *
sidetone_describe_remark (const SidetoneWalkthrough *walkthrough)
{
  switch (sidetone_walkthrough_get_remark (walkthrough))
    {
    case SIDETONE_REMARK_NONE:
      break;

    case SIDETONE_REMARK_SAME_NETWORK:
      return g_strdup (_("That check was made on the same network as the one before."));

    case SIDETONE_REMARK_VPN_ON:
      return g_strdup (_("The VPN is still on."));

    case SIDETONE_REMARK_WIRELESS:
      return g_strdup (_("This computer still uses Wi-Fi."));

    case SIDETONE_REMARK_NOT_CHECKED:
      return describe_early_end (walkthrough);

    case SIDETONE_REMARK_NOT_TESTED:
      return g_strdup (_("That check could not test the same again."));

    case SIDETONE_REMARK_OWN_FAULT:
      return g_strdup (_("That network has the same fault, but of its own. Try another one."));
    }

  return NULL;
}

/**
 * sidetone_describe_reply:
 * @walkthrough: a walkthrough
 * @reply: a reply that it offers
 *
 * Returns: (transfer none): a button's label
 */
const char *
sidetone_describe_reply (const SidetoneWalkthrough *walkthrough,
                         SidetoneReplyKind          reply)
{
  switch (reply)
    {
    case SIDETONE_REPLY_CHECKED:
      return sidetone_walkthrough_get_station (walkthrough) == SIDETONE_STATION_START
             ? C_("button", "Check") : _("Check Again");

    case SIDETONE_REPLY_YES:
      return _("Yes");

    case SIDETONE_REPLY_NO:
      return _("No");

    case SIDETONE_REPLY_DONT_KNOW:
      return _("I Don't Know");

    case SIDETONE_REPLY_CANT:
      return _("I Can't Do That");
    }

  g_return_val_if_reached ("");
}

/* What is left: the finding's own explanation, other causes, or both */
static char *
describe_causes (const SidetoneSuspect *suspect)
{
  g_autofree char *title = sidetone_describe_finding_title (suspect->finding);
  g_autofree char *own = sidetone_cause_is_left (&suspect->causes[0])
                         ? sidetone_describe_own_explanation (suspect->finding) : NULL;
  /* Of a failure some explanations begin with it. */
  gboolean is_told = own != NULL && g_str_has_prefix (own, title);
  g_autoptr (GString) text = g_string_new (is_told ? own : title);
  g_autoptr (GString) others = g_string_new (NULL);

  for (guint i = 1; i < suspect->n_causes; i++)
    {
      if (sidetone_cause_is_left (&suspect->causes[i]))
        append_cause (others, sidetone_describe_rival (suspect->causes[i].rival));
    }

  if (!is_told)
    g_string_append_c (text, '.');
  if (own != NULL && !is_told)
    g_string_append_printf (text, " %s", own);
  if (others->len > 0)
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is the cause of a fault, or several, such as "your VPN" */
      g_string_append_printf (text, own != NULL ? _("The cause may also be %s.") : _("The cause is %s."),
                              others->str);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Everybody who may have to fix it; NULL if that is nobody */
static char *
describe_owners (const SidetoneSuspect *suspect)
{
  g_autoptr (GString) owners = g_string_new (NULL);
  guint known = 1u << SIDETONE_OWNER_UNKNOWN | 1u << SIDETONE_OWNER_NOBODY;

  for (guint i = 0; i < suspect->n_causes; i++)
    {
      SidetoneOwner owner = sidetone_suspect_get_owner (suspect, &suspect->causes[i]);

      if (!sidetone_cause_is_left (&suspect->causes[i]) || (known & 1u << owner) != 0)
        continue;

      known |= 1u << owner;
      append_cause (owners, sidetone_describe_owner (owner));
    }

  return owners->len > 0 ? g_string_free (g_steal_pointer (&owners), FALSE) : NULL;
}

static gboolean
may_be_fixed_by (const SidetoneSuspect *suspect,
                 SidetoneOwner          owner)
{
  for (guint i = 0; i < suspect->n_causes; i++)
    {
      if (sidetone_cause_is_left (&suspect->causes[i]) &&
          sidetone_suspect_get_owner (suspect, &suspect->causes[i]) == owner)
        return TRUE;
    }

  return FALSE;
}

static void
append_line (GString    *lines,
             const char *line)
{
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
}

/* What to do: for each cause that is left, a line */
static char *
describe_advice (const SidetoneSuspect *suspect)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  gboolean is_found = sidetone_suspect_get_cause (suspect) != NULL;

  if (is_found && sidetone_act_get_row (suspect->gone_by)->is_fix)
    return g_strdup (_("You have fixed it: there is nothing more to do."));

  for (guint i = 0; i < suspect->n_causes; i++)
    {
      const SidetoneRival *rival = suspect->causes[i].rival;
      g_autofree char *own = NULL;
      g_autoptr (GString) line = g_string_new (NULL);

      if (!sidetone_cause_is_left (&suspect->causes[i]))
        continue;

      if (rival == NULL)
        own = sidetone_describe_own_advice (suspect->finding);
      else if (!is_found)
        {
          /* Translators: {cause} is a possible cause, such as "your VPN", {advice} a sentence such
           * as "Make calls without the VPN." */
          g_string_assign (line, _("If it is {cause}: {advice}"));
          g_string_replace (line, "{cause}", sidetone_describe_rival (rival), 1);
          g_string_replace (line, "{advice}", _(rival->advice), 1);
        }
      else
        {
          g_string_assign (line, _(rival->advice));
        }
      append_line (lines, own != NULL ? own : line->str);
    }
  if (suspect->gone_by == SIDETONE_ACT_ANOTHER_NETWORK)
    append_line (lines, _("Once that is done, go back to the network where calls fail, and check again "
                          "there."));

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static char *
describe_excluded_cause (const SidetoneSuspect *suspect,
                         const SidetoneCause   *cause)
{
  SidetoneOwner owner = sidetone_suspect_get_owner (suspect, cause);

  if (cause->rival != NULL)
    /* Translators: %s is an excluded cause, such as "your VPN" */
    return g_strdup_printf (_("Not %s."), sidetone_describe_rival (cause->rival));
  if (owner == SIDETONE_OWNER_NOBODY || owner == SIDETONE_OWNER_UNKNOWN ||
      may_be_fixed_by (suspect, owner))
    return g_strdup (_("Not what seemed likely at first."));

  /* Translators: %s is a person, such as "your server's administrator" */
  return g_strdup_printf (_("Not for %s to fix."), sidetone_describe_owner (owner));
}

/* What was excluded, and how; empty if nothing was */
static char *
describe_excluded (const SidetoneSuspect *suspect)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < suspect->n_causes; i++)
    {
      const SidetoneCause *cause = &suspect->causes[i];
      const SidetoneActRow *row = sidetone_act_get_row (cause->excluded_by);
      g_autofree char *what = NULL;
      g_autofree char *line = NULL;

      if (sidetone_cause_is_left (cause))
        continue;

      what = describe_excluded_cause (suspect, cause);
      line = g_strdup_printf ("%s %s", what, _(cause->outcome == SIDETONE_RETEST_GONE
                                               ? row->was_gone : row->was_same));
      append_line (lines, line);
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
append_declined (GString                   *lines,
                 const SidetoneWalkthrough *walkthrough,
                 const SidetoneSuspect     *suspect)
{
  guint declined = sidetone_walkthrough_get_declined (walkthrough);

  for (guint i = 0; i < suspect->n_causes; i++)
    {
      const SidetoneRival *rival = suspect->causes[i].rival;
      g_autofree char *line = NULL;

      if (rival == NULL || !sidetone_cause_is_left (&suspect->causes[i]) || rival->act == SIDETONE_ACT_NONE ||
          (declined & SIDETONE_ACT_BIT (rival->act)) == 0)
        continue;

      declined &= ~SIDETONE_ACT_BIT (rival->act);
      /* Translators: %s is a sentence such as "Turn off your VPN and check again." */
      line = g_strdup_printf (_("Not done: %s"), _(sidetone_act_get_row (rival->act)->request));
      append_line (lines, line);
    }
}

/* What the walkthrough can't tell; empty if there is nothing */
static char *
describe_limits (const SidetoneWalkthrough *walkthrough,
                 const SidetoneSuspect     *suspect)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  gboolean is_open = suspect != NULL && sidetone_suspect_count_left (suspect) > 1;

  if (sidetone_walkthrough_is_elsewhere (walkthrough))
    append_line (lines, _("Why calls fail elsewhere, or at other times: no check was made there."));
  else if (suspect == NULL &&
           sidetone_diagnosis_get_verdict (sidetone_walkthrough_get_first (walkthrough))->state ==
           SIDETONE_VERDICT_GOOD)
    append_line (lines, _("Why calls fail now and then: check while one fails."));
  if (suspect == NULL)
    return g_string_free (g_steal_pointer (&lines), FALSE);

  if (suspect->comes_and_goes)
    append_line (lines, _("The cause: it was gone in one check and back in another."));
  else if (suspect->gone_by != SIDETONE_ACT_NONE && suspect->gone_by != SIDETONE_ACT_ANOTHER_NETWORK &&
           !is_open)
    append_line (lines, _("Whether that was chance. If it comes back, something else is the cause."));
  if (is_open)
    {
      append_declined (lines, walkthrough, suspect);
      if (lines->len == 0)
        append_line (lines, _("No check from here tells these causes apart."));
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
take_row (GPtrArray  *rows,
          const char *title,
          char       *value)
{
  if (value != NULL && *value != '\0')
    sidetone_details_take (rows, title, value, FALSE);
  else
    g_free (value);
}

/* Whether the last check was made on another network than the first */
static gboolean
was_elsewhere (const SidetoneSuspect *suspect)
{
  gboolean was = FALSE;

  for (guint i = 0; i < suspect->n_causes; i++)
    was = was || suspect->causes[i].excluded_by == SIDETONE_ACT_ANOTHER_NETWORK;

  return was || suspect->gone_by == SIDETONE_ACT_ANOTHER_NETWORK;
}

/* A finding beside the main one, in one row */
static char *
describe_also (const SidetoneSuspect *suspect)
{
  g_autofree char *causes = describe_causes (suspect);
  g_autofree char *advice = describe_advice (suspect);
  g_autofree char *excluded = describe_excluded (suspect);

  return *excluded != '\0' ? g_strdup_printf ("%s\n%s\n%s", causes, advice, excluded)
         : g_strdup_printf ("%s\n%s", causes, advice);
}

static void
add_suspects (GPtrArray                 *rows,
              const SidetoneWalkthrough *walkthrough,
              const SidetoneSuspect     *main_suspect)
{
  take_row (rows, _("What it is"), describe_causes (main_suspect));
  take_row (rows, _("Who can fix it"), describe_owners (main_suspect));
  take_row (rows, _("What to do"), describe_advice (main_suspect));
  take_row (rows, _("What it is not"), describe_excluded (main_suspect));
  for (guint i = 1; i < sidetone_walkthrough_get_n_suspects (walkthrough); i++)
    take_row (rows, _("Also found"),
              describe_also (sidetone_walkthrough_get_suspect (walkthrough, i)));
}

/**
 * sidetone_describe_exclusions:
 * @walkthrough: a walkthrough at its end
 *
 * Returns: (transfer full) (element-type utf8): what its checks excluded, and how: for each cause
 *   the code of its finding and two sentences; perhaps nothing
 */
GPtrArray *
sidetone_describe_exclusions (const SidetoneWalkthrough *walkthrough)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sidetone_walkthrough_get_n_suspects (walkthrough); i++)
    {
      const SidetoneSuspect *suspect = sidetone_walkthrough_get_suspect (walkthrough, i);
      g_autofree char *excluded = describe_excluded (suspect);
      g_auto (GStrv) lines = g_strsplit (excluded, "\n", -1);

      for (guint j = 0; lines[j] != NULL; j++)
        g_ptr_array_add (found, g_strdup_printf ("%s: %s",
                                                 sidetone_finding_get_code (suspect->finding),
                                                 lines[j]));
    }

  return found;
}

/**
 * sidetone_describe_result:
 * @walkthrough: a walkthrough at its end
 *
 * Returns: (transfer container) (element-type SidetoneDetail): what it is, who can fix it, what to
 *   do, what was excluded and how, and what can't be told; some values have several lines
 */
GPtrArray *
sidetone_describe_result (const SidetoneWalkthrough *walkthrough)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);
  SidetoneDiagnosis *first = sidetone_walkthrough_get_first (walkthrough);
  SidetoneDiagnosis *last = sidetone_walkthrough_get_last (walkthrough);
  const SidetoneSuspect *suspect = get_main (walkthrough);

  if (suspect != NULL)
    {
      add_suspects (rows, walkthrough, suspect);
    }
  else
    {
      take_row (rows, _("What was found"), sidetone_describe_verdict (first));
      take_row (rows, _("What to do"), sidetone_describe_remedy (first));
    }
  take_row (rows, _("What can't be told"), describe_limits (walkthrough, suspect));
  if (last != first)
    take_row (rows, suspect != NULL && was_elsewhere (suspect) ? _("On the other network")
              : _("In the last check"), sidetone_describe_headline (last));
  take_row (rows, _("Codes"), sidetone_describe_codes (first));

  return rows;
}
