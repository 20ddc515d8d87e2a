/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-rival-observations.h"

#include "judge/retest.h"
#include "judge/rules.h"
#include "judge/verdict.h"
#include "judge/walkthrough.h"
#include "report/report.h"
#include "words/describe.h"

/* Walkthroughs through the worlds of the differential diagnosis: in each one, one of the causes
 * that are left is the true one, and the checks after the acts show what they would show then. */

#define MAX_REPLIES 12

typedef struct
{
  SidetoneReply replies[MAX_REPLIES];
  guint n;
  SidetoneWalkthrough *now;
} Walk;

static void
walk_begin (Walk *self)
{
  *self = (Walk) { .now = sidetone_walkthrough_new (NULL, 0) };
}

static void
walk_clear (Walk *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->replies[i].diagnosis, sidetone_diagnosis_unref);
  g_clear_pointer (&self->now, sidetone_walkthrough_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static char *
dup_page (const SidetoneWalkthrough * walkthrough)
{
  g_autofree char *station = sidetone_describe_station (walkthrough);
  g_autofree char *reason = sidetone_describe_station_reason (walkthrough);
  g_autofree char *remark = sidetone_describe_remark (walkthrough);

  return g_strdup_printf ("%s|%s|%s", station, reason, remark);
}

/* Going back shows the page before. */
static void
assert_back (const Walk                *self,
             const SidetoneWalkthrough *before)
{
  g_autoptr (SidetoneWalkthrough) back = sidetone_walkthrough_new (self->replies, self->n - 1);
  g_autofree char *expected = dup_page (before);
  g_autofree char *page = dup_page (back);

  g_assert_cmpstr (page, ==, expected);
}

static void
reply (Walk              *self,
       SidetoneReplyKind  kind,
       SidetoneDiagnosis *diagnosis)
{
  g_autoptr (SidetoneWalkthrough) before = self->now;

  g_assert_cmpuint (self->n, <, MAX_REPLIES);
  g_assert_true (sidetone_walkthrough_offers (before, kind));
  g_assert_nonnull (sidetone_describe_reply (before, kind));
  self->replies[self->n++] = (SidetoneReply) { kind, diagnosis };
  self->now = sidetone_walkthrough_new (self->replies, self->n);
  assert_back (self, before);
}

static char *
get_row (const SidetoneWalkthrough *walkthrough,
         const char                *title)
{
  g_autoptr (GPtrArray) rows = sidetone_describe_result (walkthrough);

  for (guint i = 0; i < rows->len; i++)
    {
      const SidetoneDetail *row = rows->pdata[i];

      if (g_str_equal (row->title, title))
        return g_strdup (row->value);
    }

  return g_strdup ("");
}

static void
assert_row (const Walk *self,
            const char *title,
            const char *part)
{
  g_autofree char *value = get_row (self->now, title);

  if (strstr (value, part) == NULL)
    g_error ("“%s” is not in “%s: %s”", part, title, value);
}

static void
assert_exclusions (const Walk *self,
                   const char *expected)
{
  g_autoptr (GPtrArray) lines = sidetone_describe_exclusions (self->now);
  g_autofree char *joined = NULL;

  g_ptr_array_add (lines, NULL);
  joined = g_strjoinv ("\n", (char **) lines->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_station (const Walk     *self,
                SidetoneStation station,
                SidetoneAct     act)
{
  g_assert_cmpint (sidetone_walkthrough_get_station (self->now), ==, station);
  g_assert_cmpint (sidetone_walkthrough_get_act (self->now), ==, act);
}

/* What this computer is like after the acts so far */
typedef struct
{
  gboolean without_vpn;
  gboolean by_cable;
  gboolean elsewhere;
} World;

static void
act_in (World      *world,
        SidetoneAct act)
{
  world->without_vpn = world->without_vpn || act == SIDETONE_ACT_WITHOUT_VPN;
  world->by_cable = world->by_cable || act == SIDETONE_ACT_BY_CABLE;
  world->elsewhere = world->elsewhere || act == SIDETONE_ACT_ANOTHER_NETWORK;
}

/* There is room for video. */
#define ENOUGH "{'ended': <'all'>, 'base-us': <int64 20000>, 'rates': <[int64 600]>, " \
  "'sent': <[int64 100]>, 'arrived': <[int64 100]>, 'p95-us': <[int64 21000]>}"

/* Takes the finding away. */
static void
make_good (Row *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (row->tests) && row->tests[i].service != NULL; i++)
    {
      Test *test = &row->tests[i];

      *test = (Test) { test->service, test->peer, .echo = strstr (test->service, "turn") != NULL
                                                          ? ALL : NOT_TRIED };
    }
  row->mapping = row->mapping != NULL ? "endpoint-independent" : NULL;
  row->ways_out = NULL;
  row->way = NULL;
  row->path = NULL;
  row->failure = 0;
  row->record = NULL;
  row->step = row->works_elsewhere ? row->step : SIDETONE_OBSERVATION_UNKNOWN;
  row->ipv6 = row->ipv6 || row->ipv6_silent;
  row->ipv6_secures = row->ipv6_stalls != 0;
  row->ipv6_silent = FALSE;
  row->ipv6_stalls = 0;
  row->clock_ahead = row->clock_ahead != 0 ? 2 : 0;
  row->relay = row->relay != NULL ? "203.0.113.20" : NULL;
  row->long_lifetime = row->short_lifetime;
  row->short_lifetime = FALSE;
  row->video = row->video != NULL ? ENOUGH : NULL;
}

static SidetoneDiagnosis *
check (const Row   *row,
       const World *world,
       gboolean     is_gone)
{
  Row changed = *row;

  if (is_gone)
    make_good (&changed);
  if (world->without_vpn)
    changed.tunnel = NULL;
  if (world->by_cable)
    changed.wireless = FALSE;
  /* What the first router lost is another's then. */
  if (row->kind == SIDETONE_FINDING_PACKETS_LOST && row->router_lost > 0 &&
      (world->elsewhere || world->without_vpn))
    changed.pinged = NULL;
  if (world->elsewhere)
    {
      changed.own = row->own != NULL && strchr (row->own, ':') != NULL && !is_gone ? "2001:db8:9::7"
                    : "10.99.0.10";
      changed.seen = row->seen != NULL && !is_gone ? row->seen : "192.0.2.77:4000";
    }

  return diagnose_row (&changed);
}

/* Whether an act takes a cause away: what its outcome would be if this were the true cause */
static gboolean
does_go (const SidetoneRule  *rule,
         const SidetoneRival *truth,
         SidetoneAct          act)
{
  if (truth != NULL && truth->act == act)
    return truth->goes_away;
  if (truth != NULL)
    return act == SIDETONE_ACT_ANOTHER_NETWORK && truth->owner != SIDETONE_OWNER_ADMINISTRATOR &&
           truth->act != SIDETONE_ACT_WITHOUT_VPN && truth->act != SIDETONE_ACT_SET_CLOCK &&
           truth->act != SIDETONE_ACT_CHECK_TYPOS;

  for (const SidetoneRival *rival = rule->rivals; rival->nick != NULL; rival++)
    {
      if (rival->act == act)
        return !rival->goes_away;
    }

  return FALSE;
}

/* What the result says of the causes that are left */
static char *
dup_verdict (const SidetoneWalkthrough *walkthrough)
{
  g_autofree char *what = get_row (walkthrough, "What it is");
  g_autofree char *who = get_row (walkthrough, "Who can fix it");
  g_autofree char *advice = get_row (walkthrough, "What to do");
  g_autofree char *also = get_row (walkthrough, "Also found");

  return g_strdup_printf ("%s|%s|%s|%s", what, who, advice, also);
}

static gboolean
is_question (const SidetoneWalkthrough *walkthrough)
{
  return sidetone_walkthrough_offers (walkthrough, SIDETONE_REPLY_YES);
}

/* One step in a world with this cause */
static void
go_on (Walk                *self,
       const Row           *row,
       World               *world,
       const SidetoneRival *truth)
{
  SidetoneAct act = sidetone_walkthrough_get_act (self->now);
  gboolean goes;

  if (sidetone_walkthrough_get_station (self->now) == SIDETONE_STATION_HERE)
    {
      reply (self, SIDETONE_REPLY_YES, NULL);
      return;
    }

  goes = does_go (sidetone_rules_find (row->kind), truth, act);
  if (is_question (self->now))
    {
      reply (self, goes ? SIDETONE_REPLY_NO : SIDETONE_REPLY_YES, NULL);
      return;
    }

  act_in (world, act);
  reply (self, SIDETONE_REPLY_CHECKED, check (row, world, goes));
}

static const SidetoneSuspect *
find_suspect (const SidetoneWalkthrough *walkthrough,
              SidetoneFindingKind        kind)
{
  for (guint i = 0; i < sidetone_walkthrough_get_n_suspects (walkthrough); i++)
    {
      const SidetoneSuspect *suspect = sidetone_walkthrough_get_suspect (walkthrough, i);

      if (sidetone_finding_get_kind (suspect->finding) == kind)
        return suspect;
    }

  return NULL;
}

static gboolean
can_be_told (SidetoneFinding     *finding,
             const SidetoneRival *truth)
{
  const SidetoneRival *const *rivals = sidetone_finding_get_rivals (finding);

  /* Causes without an act, or with the same one and the same direction, look alike to the end. */
  for (guint i = 0; rivals[i] != NULL; i++)
    {
      if (rivals[i] != truth &&
          (rivals[i]->act == SIDETONE_ACT_NONE ||
           (truth != NULL && rivals[i]->act == truth->act &&
            rivals[i]->goes_away == truth->goes_away)))
        return FALSE;
    }

  return truth == NULL || truth->act != SIDETONE_ACT_NONE;
}

/* The page does not contradict itself: who may have to fix it is not ruled out, what the act has fixed
 * needs no advice, and nobody is left on a network where there is nothing to fix. */
static void
assert_consistent (const Walk            *self,
                   const SidetoneSuspect *suspect)
{
  g_autoptr (GEnumClass) owners = g_type_class_ref (SIDETONE_TYPE_OWNER);
  g_autofree char *who = get_row (self->now, "Who can fix it");
  g_autofree char *not = get_row (self->now, "What it is not");
  g_autofree char *advice = get_row (self->now, "What to do");
  g_autofree char *list = g_strconcat (" or ", who, " or ", NULL);

  for (guint i = 0; i < owners->n_values; i++)
    {
      const char *name = sidetone_describe_owner (owners->values[i].value);
      g_autofree char *item = g_strdup_printf (" or %s or ", name);
      g_autofree char *ruled_out = g_strdup_printf ("Not for %s to fix.", name);

      g_assert_false (strstr (list, item) != NULL && strstr (not, ruled_out) != NULL);
    }

  if (sidetone_suspect_get_cause (suspect) != NULL && suspect->gone_by == SIDETONE_ACT_LOG_IN)
    g_assert_cmpstr (advice, ==, "You have fixed it: there is nothing more to do.");
  if (suspect->gone_by == SIDETONE_ACT_ANOTHER_NETWORK)
    g_assert_nonnull (strstr (advice, "go back to the network where calls fail"));
}

/* The walkthrough finds the true cause, whichever it is, and names its owner. */
static void
assert_found (const Row           *row,
              const SidetoneRival *truth)
{
  g_auto (Walk) walk;
  World world = { 0 };
  const SidetoneSuspect *suspect;
  const SidetoneCause *cause;
  SidetoneOwner owner;

  walk_begin (&walk);
  reply (&walk, SIDETONE_REPLY_CHECKED, diagnose_row (row));
  while (sidetone_walkthrough_get_station (walk.now) != SIDETONE_STATION_END)
    go_on (&walk, row, &world, truth);

  suspect = find_suspect (walk.now, row->kind);
  /* A note is no trouble, and is not followed. */
  if (suspect == NULL)
    return;

  cause = sidetone_suspect_get_cause (suspect);
  g_assert_false (suspect->comes_and_goes);
  if (can_be_told (suspect->finding, truth))
    {
      g_assert_nonnull (cause);
      g_assert_true (cause->rival == truth);
    }
  else if (cause != NULL)
    {
      g_assert_true (cause->rival == truth);
    }
  if (suspect != sidetone_walkthrough_get_suspect (walk.now, 0))
    return;

  assert_consistent (&walk, suspect);
  owner = truth != NULL ? truth->owner : sidetone_finding_get_owner (suspect->finding);
  if (owner != SIDETONE_OWNER_NOBODY)
    assert_row (&walk, "Who can fix it", sidetone_describe_owner (owner));
}

static void
test_world (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (SidetoneDiagnosis) diagnosis = diagnose_row (row);
  SidetoneFinding *finding = sidetone_diagnosis_find (diagnosis, row->kind);
  const SidetoneRival *const *rivals = sidetone_finding_get_rivals (finding);

  assert_found (row, NULL);
  for (guint i = 0; rivals[i] != NULL; i++)
    assert_found (row, rivals[i]);
}

static guint
count_acts (const Walk *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n; i++)
    {
      g_autoptr (SidetoneWalkthrough) at = sidetone_walkthrough_new (self->replies, i);

      n += sidetone_walkthrough_get_station (at) == SIDETONE_STATION_ACT;
    }

  return n;
}

/* Goes every way from here. */
static void
explore (Walk       *self,
         const Row  *row,
         World       world,
         GHashTable *asked)
{
  SidetoneAct act = sidetone_walkthrough_get_act (self->now);
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func (g_free);

  g_assert_cmpuint (count_acts (self), <=, SIDETONE_WALKTHROUGH_MAX_ACTS);
  if (sidetone_walkthrough_get_station (self->now) == SIDETONE_STATION_END)
    return;
  /* Nothing is asked twice. */
  g_assert_true (act == SIDETONE_ACT_NONE || g_hash_table_add (asked, GINT_TO_POINTER (act)));

  act_in (&world, act);
  for (SidetoneReplyKind kind = 0; kind < SIDETONE_N_REPLIES; kind++)
    {
      for (int goes = 0; goes < (kind == SIDETONE_REPLY_CHECKED ? 2 : 1); goes++)
        {
          Walk next = *self;

          if (!sidetone_walkthrough_offers (self->now, kind))
            continue;

          next.now = sidetone_walkthrough_new (self->replies, self->n);
          reply (&next, kind, kind == SIDETONE_REPLY_CHECKED ? check (row, &world, goes) : NULL);
          if (act != SIDETONE_ACT_NONE && kind != SIDETONE_REPLY_CANT &&
              kind != SIDETONE_REPLY_DONT_KNOW)
            g_ptr_array_add (verdicts, dup_verdict (next.now));
          explore (&next, row, world, asked);
          g_clear_pointer (&next.replies[next.n - 1].diagnosis, sidetone_diagnosis_unref);
          sidetone_walkthrough_free (next.now);
        }
    }

  /* What can't change the verdict is not asked for. */
  if (act != SIDETONE_ACT_NONE)
    {
      g_assert_cmpuint (verdicts->len, ==, 2);
      g_assert_cmpstr (verdicts->pdata[0], !=, verdicts->pdata[1]);
      g_hash_table_remove (asked, GINT_TO_POINTER (act));
    }
}

static void
test_every_way (gconstpointer data)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (NULL, NULL);
  g_auto (Walk) walk;

  walk_begin (&walk);
  reply (&walk, SIDETONE_REPLY_CHECKED, diagnose_row (data));
  explore (&walk, data, (World) { 0 }, asked);
}

/* All combinations of each rule's rivals */
static void
explore_suspect (const SidetoneSuspect *self,
                 guint                  tried)
{
  SidetoneAct act = sidetone_suspect_choose_act (self, tried);
  SidetoneSuspect gone = *self;
  SidetoneSuspect stays = *self;
  gboolean is_different = FALSE;

  if (act == SIDETONE_ACT_NONE)
    return;

  g_assert_cmpuint (sidetone_suspect_count_left (self), >, 1);
  g_assert_cmpuint (tried & SIDETONE_ACT_BIT (act), ==, 0);
  sidetone_suspect_conclude (&gone, act, SIDETONE_RETEST_GONE);
  sidetone_suspect_conclude (&stays, act, SIDETONE_RETEST_STAYS);
  for (guint i = 0; i < self->n_causes; i++)
    is_different = is_different || gone.causes[i].excluded_by != stays.causes[i].excluded_by;
  g_assert_true (is_different);
  g_assert_cmpuint (sidetone_suspect_count_left (&gone), >, 0);
  g_assert_cmpuint (sidetone_suspect_count_left (&stays), >, 0);
  g_assert_false (gone.comes_and_goes || stays.comes_and_goes);
  explore_suspect (&gone, tried | SIDETONE_ACT_BIT (act));
  explore_suspect (&stays, tried | SIDETONE_ACT_BIT (act));
}

static void
test_pairs (void)
{
  for (guint n = 0; n < sidetone_rules_get_n (); n++)
    {
      const SidetoneRule *rule = sidetone_rules_get (n);
      guint n_rivals = 0;

      while (rule->rivals != NULL && rule->rivals[n_rivals].nick != NULL)
        n_rivals++;
      g_assert_cmpuint (n_rivals, <, SIDETONE_SUSPECT_MAX_CAUSES);
      for (guint set = 0; set < 1u << n_rivals; set++)
        {
          g_autoptr (GPtrArray) rivals = g_ptr_array_new ();
          g_autoptr (SidetoneFinding) finding = NULL;
          SidetoneSuspect suspect;

          for (guint i = 0; i < n_rivals; i++)
            {
              if ((set & 1u << i) != 0)
                g_ptr_array_add (rivals, (gpointer) & rule->rivals[i]);
            }
          finding = sidetone_finding_new (rule->kind, 0, NULL, NULL, rivals);
          sidetone_suspect_init (&suspect, finding);
          explore_suspect (&suspect, 0);
        }
    }
}

static const Row *
find_row (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rival_rows); i++)
    {
      if (g_str_equal (rival_rows[i].name, name))
        return &rival_rows[i];
    }

  g_assert_not_reached ();
}

/* A loss at another place is not the loss that was there before, and does not take it away. */
static void
test_other_loss (void)
{
  static const char *const names[] = { "lost/wireless", "own-network", "relay-loses/far-from-it" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const Row *row = find_row (names[i]);
      g_autoptr (SidetoneDiagnosis) before = diagnose_row (row);
      SidetoneFinding *finding = sidetone_diagnosis_find (before, row->kind);

      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        {
          g_autoptr (SidetoneDiagnosis) after = diagnose_row (find_row (names[j]));

          g_assert_cmpint (sidetone_retest_judge (finding, before, after), ==,
                           i == j ? SIDETONE_RETEST_STAYS : SIDETONE_RETEST_UNKNOWN);
        }
    }
}

/* UDP blocked: by the VPN, by this network, or by servers that take none */
static void
test_blocked (void)
{
  const Row *row = find_row ("udp-blocked/vpn");
  World world = { 0 };
  g_auto (Walk) walk;

  walk_begin (&walk);
  assert_station (&walk, SIDETONE_STATION_START, SIDETONE_ACT_NONE);
  reply (&walk, SIDETONE_REPLY_CHECKED, check (row, &world, FALSE));
  assert_station (&walk, SIDETONE_STATION_ACT, SIDETONE_ACT_WITHOUT_VPN);

  /* It is still on. */
  reply (&walk, SIDETONE_REPLY_CHECKED, check (row, &world, FALSE));
  assert_station (&walk, SIDETONE_STATION_ACT, SIDETONE_ACT_WITHOUT_VPN);
  g_assert_cmpint (sidetone_walkthrough_get_remark (walk.now), ==, SIDETONE_REMARK_VPN_ON);

  act_in (&world, SIDETONE_ACT_WITHOUT_VPN);
  reply (&walk, SIDETONE_REPLY_CHECKED, check (row, &world, FALSE));
  assert_station (&walk, SIDETONE_STATION_ACT, SIDETONE_ACT_ANOTHER_NETWORK);
  g_assert_cmpint (sidetone_walkthrough_get_remark (walk.now), ==, SIDETONE_REMARK_NONE);

  /* The network is still the same one. */
  reply (&walk, SIDETONE_REPLY_CHECKED, check (row, &world, FALSE));
  g_assert_cmpint (sidetone_walkthrough_get_remark (walk.now), ==, SIDETONE_REMARK_SAME_NETWORK);

  act_in (&world, SIDETONE_ACT_ANOTHER_NETWORK);
  reply (&walk, SIDETONE_REPLY_CHECKED, check (row, &world, TRUE));
  assert_station (&walk, SIDETONE_STATION_END, SIDETONE_ACT_NONE);
  assert_row (&walk, "What it is", "This network blocks calls (UDP).");
  assert_row (&walk, "Who can fix it", "the person who runs this network");
  assert_row (&walk, "What it is not", "Not your VPN. It was the same without the VPN.");
  assert_row (&walk, "What it is not",
              "Not servers that take no UDP. It was gone on another network.");
  assert_row (&walk, "On the other network", "Your calls should work");
  assert_row (&walk, "Codes", "CALL-13");
  assert_exclusions (&walk, "CALL-13: Not your VPN. It was the same without the VPN.\n"
                     "CALL-13: Not servers that take no UDP. It was gone on another network.");
}

/* What the user does not do is not decided, and that is said. */
static void
test_declined (void)
{
  World world = { 0 };
  g_auto (Walk) walk;

  walk_begin (&walk);
  reply (&walk, SIDETONE_REPLY_CHECKED, check (find_row ("udp-blocked/vpn"), &world, FALSE));
  reply (&walk, SIDETONE_REPLY_CANT, NULL);
  assert_station (&walk, SIDETONE_STATION_ACT, SIDETONE_ACT_ANOTHER_NETWORK);
  reply (&walk, SIDETONE_REPLY_CANT, NULL);
  assert_station (&walk, SIDETONE_STATION_END, SIDETONE_ACT_NONE);
  assert_row (&walk, "What it is", "The cause may also be your VPN or servers that take no UDP.");
  assert_row (&walk, "What to do", "If it is your VPN: Make calls without the VPN.");
  assert_row (&walk, "What can't be told", "Not done: Turn off your VPN and check again.");
  assert_row (&walk, "What can't be told", "Not done: Check again from another network");
}

/* A check that fails too early, or sees another fault, tells nothing. */
static void
test_other_failure (void)
{
  const Row *row = find_row ("udp-blocked/two-hosts");
  const Row *offline = find_row ("connect/silent");
  Row of_its_own = *find_row ("udp-blocked/router-says-so");
  Row worse = *row;
  World world = { .elsewhere = TRUE };
  g_auto (Walk) walk;

  walk_begin (&walk);
  reply (&walk, SIDETONE_REPLY_CHECKED, diagnose_row (row));
  assert_station (&walk, SIDETONE_STATION_ACT, SIDETONE_ACT_ANOTHER_NETWORK);
  reply (&walk, SIDETONE_REPLY_CHECKED, check (offline, &world, FALSE));
  assert_station (&walk, SIDETONE_STATION_ACT, SIDETONE_ACT_ANOTHER_NETWORK);
  g_assert_cmpint (sidetone_walkthrough_get_remark (walk.now), ==, SIDETONE_REMARK_NOT_CHECKED);

  /* The relay takes TCP no more: UDP is not the question any longer. */
  for (guint i = 0; worse.tests[i].service != NULL; i++)
    worse.tests[i].error = i == 0 ? SIDETONE_ERROR_STUN_FAILED : 0;
  reply (&walk, SIDETONE_REPLY_CHECKED, check (&worse, &world, FALSE));
  g_assert_cmpint (sidetone_walkthrough_get_remark (walk.now), ==, SIDETONE_REMARK_NOT_TESTED);

  reply (&walk, SIDETONE_REPLY_CHECKED, check (&of_its_own, &world, FALSE));
  g_assert_cmpint (sidetone_walkthrough_get_remark (walk.now), ==, SIDETONE_REMARK_OWN_FAULT);

  /* Not for ever */
  reply (&walk, SIDETONE_REPLY_CHECKED, check (offline, &world, FALSE));
  reply (&walk, SIDETONE_REPLY_CHECKED, check (offline, &world, FALSE));
  assert_station (&walk, SIDETONE_STATION_END, SIDETONE_ACT_NONE);
  assert_row (&walk, "What can't be told", "Not done: Check again from another network");
}

/* A failed sign-in is solved if the check gets further, even if it fails there. */
static void
test_gets_further (void)
{
  const Row *row = find_row ("connect/silent");
  World world = { .elsewhere = TRUE };
  g_auto (Walk) walk;

  walk_begin (&walk);
  reply (&walk, SIDETONE_REPLY_CHECKED, diagnose_row (row));
  assert_station (&walk, SIDETONE_STATION_ACT, SIDETONE_ACT_ANOTHER_NETWORK);
  reply (&walk, SIDETONE_REPLY_CHECKED, check (find_row ("dns/all"), &world, FALSE));
  g_assert_cmpint (sidetone_walkthrough_get_remark (walk.now), ==, SIDETONE_REMARK_NOT_CHECKED);
  reply (&walk, SIDETONE_REPLY_CHECKED, check (find_row ("sign-in/stream-error"), &world, FALSE));
  assert_station (&walk, SIDETONE_STATION_END, SIDETONE_ACT_NONE);
  assert_row (&walk, "What it is", "The cause is a firewall or the router of this network or a ban");
}

/* All is well here: it is asked where calls fail. */
static void
test_elsewhere (void)
{
  Row good = *find_row ("udp-blocked/two-hosts");
  World world = { .elsewhere = TRUE };
  g_auto (Walk) walk;

  make_good (&good);
  good.mapping = "endpoint-independent";
  walk_begin (&walk);
  reply (&walk, SIDETONE_REPLY_CHECKED, diagnose_row (&good));
  assert_station (&walk, SIDETONE_STATION_HERE, SIDETONE_ACT_NONE);

  reply (&walk, SIDETONE_REPLY_NO, NULL);
  assert_station (&walk, SIDETONE_STATION_THERE, SIDETONE_ACT_NONE);
  reply (&walk, SIDETONE_REPLY_CHECKED,
         check (find_row ("udp-blocked/router-says-so"), &world, FALSE));
  assert_station (&walk, SIDETONE_STATION_END, SIDETONE_ACT_NONE);
  assert_row (&walk, "What it is", "This network blocks calls (UDP)");
  assert_row (&walk, "Who can fix it", "the person who runs this network");
}

static void
test_nothing_wrong (void)
{
  const SidetoneReplyKind answers[] = { SIDETONE_REPLY_YES, SIDETONE_REPLY_DONT_KNOW,
                                        SIDETONE_REPLY_NO };
  Row good = *find_row ("udp-blocked/two-hosts");

  make_good (&good);
  good.mapping = "endpoint-independent";
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (Walk) walk;

      walk_begin (&walk);
      reply (&walk, SIDETONE_REPLY_CHECKED, diagnose_row (&good));
      reply (&walk, answers[i], NULL);
      if (answers[i] == SIDETONE_REPLY_NO)
        reply (&walk, SIDETONE_REPLY_CANT, NULL);
      assert_station (&walk, SIDETONE_STATION_END, SIDETONE_ACT_NONE);
      assert_row (&walk, "What to do", "ask the other person to run Sidetone");
      assert_row (&walk, "What can't be told", answers[i] == SIDETONE_REPLY_NO
                  ? "no check was made there" : "check while one fails");
    }
}

/* What goes away without an act that could take it away, and comes back */
static void
test_comes_and_goes (void)
{
  g_autoptr (SidetoneFinding) finding = sidetone_finding_new (SIDETONE_FINDING_PACKETS_LOST, 0, NULL,
                                                              NULL, NULL);
  SidetoneSuspect suspect;

  sidetone_suspect_init (&suspect, finding);
  sidetone_suspect_conclude (&suspect, SIDETONE_ACT_SET_CLOCK, SIDETONE_RETEST_GONE);
  g_assert_false (suspect.comes_and_goes);
  sidetone_suspect_conclude (&suspect, SIDETONE_ACT_BY_CABLE, SIDETONE_RETEST_STAYS);
  g_assert_true (suspect.comes_and_goes);
}

/* The clock: what remains after it was set is the server's matter. */
static void
test_clock (void)
{
  const Row row = { "clock", SIDETONE_FINDING_CLOCK_DIFFERS, .clock_ahead = 86400 };

  assert_found (&row, NULL);
  assert_found (&row, sidetone_rules_find (row.kind)->rivals);
}

static SidetoneDiagnosis *
redact (SidetoneDiagnosis *diagnosis)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  GPtrArray *observations =
    sidetone_evidence_get_observations (sidetone_diagnosis_get_evidence (diagnosis));
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (0);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;

  for (guint i = 0; i < observations->len; i++)
    g_list_store_append (store, observations->pdata[i]);
  report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, NULL, NULL,
                                G_LIST_MODEL (store));
  redacted = sidetone_report_new_redacted (report);

  return sidetone_diagnosis_ref (sidetone_report_get_diagnosis (redacted));
}

/* A result that can be posted says the same, without addresses. */
static void
test_redacted (void)
{
  Row row = *find_row ("silent/all");
  World world = { .elsewhere = TRUE };
  g_autoptr (SidetoneDiagnosis) first = NULL;
  g_autoptr (SidetoneDiagnosis) last = NULL;
  g_autoptr (SidetoneWalkthrough) shown = NULL;
  g_autofree char *original = NULL;
  g_autofree char *redacted = NULL;
  g_auto (Walk) walk;

  walk_begin (&walk);
  reply (&walk, SIDETONE_REPLY_CHECKED, diagnose_row (&row));
  reply (&walk, SIDETONE_REPLY_CHECKED, check (&row, &world, FALSE));
  assert_station (&walk, SIDETONE_STATION_END, SIDETONE_ACT_NONE);
  first = redact (sidetone_walkthrough_get_first (walk.now));
  last = redact (sidetone_walkthrough_get_last (walk.now));
  shown = sidetone_walkthrough_new_shown (walk.now, first, last);

  original = get_row (walk.now, "What it is");
  redacted = get_row (shown, "What it is");
  g_assert_nonnull (strstr (original, "203.0.113.20"));
  g_assert_null (strstr (redacted, "203.0."));
  g_clear_pointer (&original, g_free);
  g_clear_pointer (&redacted, g_free);
  original = get_row (walk.now, "What it is not");
  redacted = get_row (shown, "What it is not");
  g_assert_true (g_str_has_prefix (original, "Not a firewall in this network. It was the same on another "
                                   "network.\nNot a ban"));
  g_assert_cmpstr (redacted, ==, original);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rival_rows); i++)
    {
      g_autofree char *world = g_strdup_printf ("/walkthrough/world/%s", rival_rows[i].name);
      g_autofree char *way = g_strdup_printf ("/walkthrough/every-way/%s", rival_rows[i].name);

      g_test_add_data_func (world, &rival_rows[i], test_world);
      g_test_add_data_func (way, &rival_rows[i], test_every_way);
    }
  g_test_add_func ("/walkthrough/other-loss", test_other_loss);
  g_test_add_func ("/walkthrough/pairs", test_pairs);
  g_test_add_func ("/walkthrough/blocked", test_blocked);
  g_test_add_func ("/walkthrough/declined", test_declined);
  g_test_add_func ("/walkthrough/other-failure", test_other_failure);
  g_test_add_func ("/walkthrough/gets-further", test_gets_further);
  g_test_add_func ("/walkthrough/elsewhere", test_elsewhere);
  g_test_add_func ("/walkthrough/nothing-wrong", test_nothing_wrong);
  g_test_add_func ("/walkthrough/comes-and-goes", test_comes_and_goes);
  g_test_add_func ("/walkthrough/clock", test_clock);
  g_test_add_func ("/walkthrough/redacted", test_redacted);

  return g_test_run ();
}
