/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-rival-observations.h"

#include "judge/video-check.h"
#include "words/describe.h"

/* Room for video: what the packets of a test mean, and who is to blame */

#define STEPS "'sent': <[int64 187, 375, 781]>, 'arrived': <[int64 187, 375, 781]>, " \
  "'p95-us': <[int64 21000, 22000, 30000]>, 'rates': <[int64 600, 1200, 2500]>, " \
  "'stun-asked': <[int64 30, 30, 30]>, 'stun-answered': <[int64 30, 30, 30]>"

typedef struct
{
  const char *name;
  Packets echo;                /* through the same relay */
  gboolean wireless;
  const char *video;
  const char *findings;        /* with their owners, in the order of the judge */
  const char *words;
} Case;

static const Case cases[] = {
  { "all", ALL, FALSE, "{'ended': <'all'>, 'base-us': <int64 20000>, " STEPS "}", "",
    "There is room for video in high quality (2.5 Mbit/s)" },
  { "all/later", ALL, FALSE,
    "{'ended': <'all'>, 'base-us': <int64 20000>, 'stun-base-us': <int64 20000>, "
    "'stun-us': <[int64 20000, 30000, 110000]>, 'sent': <[int64 187, 375, 781]>, "
    "'arrived': <[int64 187, 375, 781]>, 'p95-us': <[int64 21000, 30000, 120000]>, "
    "'rates': <[int64 600, 1200, 2500]>}", "",
    "There is room for video in high quality (2.5 Mbit/s). It delays everything by 100 ms" },
  { "usual", ALL, FALSE,
    "{'ended': <'loss'>, 'base-us': <int64 20000>, 'sent': <[int64 187, 375, 200]>, "
    "'arrived': <[int64 187, 375, 150]>, 'p95-us': <[int64 21000, 22000, 30000]>, "
    "'rates': <[int64 600, 1200, 2500]>}", "", "There is room for video (1.2 Mbit/s)" },
  { "small/beyond", ALL, TRUE, LATE (ROUTER ("1100")),
    "room-for-small-video provider, delay-under-load router",
    "There is room for sound and small video (0.6 Mbit/s). More than that delays everything by 200 ms" },
  { "small/here", ALL, TRUE, LATE (ROUTER ("190000")),
    "room-for-small-video you, delay-under-load you",
    "There is room for sound and small video (0.6 Mbit/s). More than that delays everything by 200 ms" },
  { "small/here-by-cable", ALL, FALSE, LATE (ROUTER ("190000")),
    "room-for-small-video router, delay-under-load router",
    "There is room for sound and small video (0.6 Mbit/s). More than that delays everything by 200 ms" },
  { "none", ALL, FALSE, NONE_LATE (""), "no-room-for-video provider, delay-under-load router",
    "There is room for sound, not for video. More than that delays everything by 200 ms" },
  /* A line that drops at once what does not fit: STUN's packets get lost, too */
  { "small/lost", ALL, FALSE,
    "{'rates': <[int64 600, 1200]>, 'ended': <'loss'>, 'base-us': <int64 20000>, "
    "'sent': <[int64 187, 100]>, 'arrived': <[int64 187, 80]>, 'p95-us': <[int64 21000, 30000]>, "
    "'stun-base-us': <int64 20000>, 'stun-asked': <[int64 30, 9]>, "
    "'stun-answered': <[int64 30, 6]>, 'stun-us': <[int64 20000, 30000]>}",
    "room-for-small-video provider",
    "There is room for sound and small video (0.6 Mbit/s)" },
  /* Where the relay throttles, the line is not to blame. */
  { "relay/cut", ALL, FALSE, SMALL ("loss", "25", "75", "21000", "21000", ""),
    "relay-limits-rate administrator", "The relay lets only small video through (0.6 Mbit/s)" },
  { "relay/late", ALL, FALSE, SMALL ("delay", "0", "100", "220000", "21000", ROUTER ("1100")),
    "relay-limits-rate administrator", "The relay lets only small video through (0.6 Mbit/s)" },
  /* Nobody told how late others are. */
  { "relay/not-known", ALL, FALSE,
    "{'rates': <[int64 600, 1200]>, 'ended': <'loss'>, 'base-us': <int64 20000>, "
    "'sent': <[int64 187, 100]>, 'arrived': <[int64 187, 75]>, 'p95-us': <[int64 21000, 21000]>, "
    "'in-row': <[int64 0, 25]>}", "room-for-small-video provider",
    "There is room for sound and small video (0.6 Mbit/s)" },
  /* More than usual is not a relay's duty. */
  { "relay/high", ALL, FALSE,
    "{'rates': <[int64 600, 1200, 2500]>, 'ended': <'loss'>, 'base-us': <int64 20000>, "
    "'sent': <[int64 187, 375, 200]>, 'arrived': <[int64 187, 375, 150]>, "
    "'in-row': <[int64 0, 0, 50]>, 'p95-us': <[int64 21000, 21000, 21000]>, "
    "'stun-base-us': <int64 20000>, 'stun-asked': <[int64 30, 30, 9]>, "
    "'stun-answered': <[int64 30, 30, 9]>, 'stun-us': <[int64 20000, 20000, 20000]>}", "",
    "There is room for video (1.2 Mbit/s)" },
  /* As much got lost while little was sent. */
  { "chance", SOME, FALSE,
    "{'rates': <[int64 600]>, 'ended': <'loss'>, 'service': <'" TURN "'>, "
    "'peer-address': <'203.0.113.20'>, 'peer-port': <int64 3478>, 'base-us': <int64 20000>, "
    "'sent': <[int64 60]>, 'arrived': <[int64 52]>, 'p95-us': <[int64 21000]>}",
    "packets-lost provider", "How much video there is room for is not known" },
  { "not-begun", ALL, FALSE, "{'ended': <'loss'>, 'base-us': <int64 20000>}", "",
    "How much video there is room for is not known" },
  /* Of a newer version, or impossible */
  { "newer", ALL, FALSE, "{'base-us': <int64 20000>, " STEPS "}", "",
    "How much video there is room for is not known" },
  { "nonsense", ALL, FALSE,
    "{'rates': <[int64 -5, 0, 9, 9, 9]>, 'ended': <'loss'>, 'base-us': <int64 0>, "
    "'sent': <[int64 9223372036854775807, -1, -9223372036854775808, 5]>, "
    "'arrived': <[int64 -1, 9223372036854775807, 7, 5]>, "
    "'p95-us': <[int64 -1, 9223372036854775807, 3, 2]>}", "", NULL },
};

static char *
format_findings (const SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  g_autoptr (GEnumClass) owners = g_type_class_ref (SIDETONE_TYPE_OWNER);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      SidetoneFindingKind kind = sidetone_finding_get_kind (finding);

      if ((kind >= SIDETONE_FINDING_RELAY_LIMITS_RATE && kind <= SIDETONE_FINDING_DELAY_UNDER_LOAD) ||
          kind == SIDETONE_FINDING_PACKETS_LOST)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "",
                                sidetone_finding_get_rule (finding)->nick,
                                g_enum_get_value (owners, sidetone_finding_get_owner (finding))->value_nick);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  const Row row = { .tests = { { TURN, .echo = one->echo } }, .wireless = one->wireless,
                    .video = one->video };
  g_autoptr (SidetoneDiagnosis) diagnosis = diagnose_row (&row);
  const SidetoneEvidence *evidence = sidetone_diagnosis_get_evidence (diagnosis);
  g_autofree char *findings = format_findings (diagnosis);
  g_autofree char *words = NULL;

  g_assert_cmpstr (findings, ==, one->findings);
  words = sidetone_describe_video_verdict (evidence, sidetone_video_check_find (evidence));
  if (one->words != NULL)
    g_assert_cmpstr (words, ==, one->words);
}

/* What the steps' list says */
static void
test_summary (void)
{
  static const char *const texts[][2] = {
    { SMALL ("loss", "25", "75", "21000", "21000", ""),
      "0.6 Mbit/s gets through; at 1.2 Mbit/s, 25 percent gets lost" },
    { LATE (""), "0.6 Mbit/s gets through; at 1.2 Mbit/s, everything takes 200 ms longer" },
    { NONE_LATE (""), "at 0.6 Mbit/s, everything takes 200 ms longer" },
    { "{'ended': <'all'>, 'base-us': <int64 20000>, " STEPS "}", "2.5 Mbit/s gets through" },
    { "{'ended': <'loss'>}", "the relay lost too much while little was sent" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneObservation) video = NULL;
      g_autofree char *words = NULL;

      add_seen (store, SIDETONE_OBSERVATION_VIDEO, "video", "198.51.100.1:6000", texts[i][0]);
      video = g_list_model_get_item (G_LIST_MODEL (store), 0);
      words = sidetone_describe_observation_summary (video);
      g_assert_cmpstr (words, ==, texts[i][1]);
    }
}

/* It takes a relay over UDP. */
static void
test_possible (void)
{
  static const struct
  {
    Test test;
    gboolean expected;
  } rows[] = {
    { { TURN, .echo = ALL }, TRUE },
    { { TURN, .echo = SOME }, TRUE },
    { { TURN, .echo = NONE }, FALSE },
    { { TURN_TCP, .echo = ALL }, FALSE },
    { { STUN }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row row = { .tests = { rows[i].test } };
      g_autoptr (SidetoneDiagnosis) diagnosis = diagnose_row (&row);

      g_assert_true (sidetone_video_check_is_possible (diagnosis) == rows[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/video-check/case/%s", cases[i].name);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/video-check/summary", test_summary);
  g_test_add_func ("/video-check/possible", test_possible);

  return g_test_run ();
}
