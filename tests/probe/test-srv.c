/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "xmpp/srv.h"

/* An SRV answer from the lines of a zone file: "priority weight port target" */
static GPtrArray *
make_records (const char *const *lines)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  for (gsize i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], " ", 4);

      g_ptr_array_add (records, g_variant_ref_sink (
                         g_variant_new ("(qqqs)",
                                        (guint16) g_ascii_strtoull (fields[0], NULL, 10),
                                        (guint16) g_ascii_strtoull (fields[1], NULL, 10),
                                        (guint16) g_ascii_strtoull (fields[2], NULL, 10),
                                        fields[3])));
    }

  return records;
}

static char *
format_targets (GPtrArray *targets)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < targets->len; i++)
    {
      SidetoneTarget *target = targets->pdata[i];

      g_string_append_printf (text, "%s%s:%u/%s", i > 0 ? " " : "", target->host, target->port,
                              target->security == SIDETONE_SECURITY_DIRECT ? "direct"
                              : "starttls");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Every row has exactly one order: records of one priority are of different sets */
static const struct
{
  const char *name;
  const char *const *starttls;
  const char *const *direct;
  const char *targets;
} merges[] = {
  { "none", NULL, NULL, "" },
  { "starttls-only", (const char *const[]) { "5 0 5222 a.example.org", NULL }, NULL,
    "a.example.org:5222/starttls" },
  { "direct-only", NULL, (const char *const[]) { "5 0 443 a.example.org", NULL },
    "a.example.org:443/direct" },
  { "equal-priority-direct-first",
    (const char *const[]) { "5 0 5222 a.example.org", NULL },
    (const char *const[]) { "5 0 5223 a.example.org", NULL },
    "a.example.org:5223/direct a.example.org:5222/starttls" },
  { "lower-number-first",
    (const char *const[]) { "1 0 5222 a.example.org", NULL },
    (const char *const[]) { "5 0 5223 a.example.org", NULL },
    "a.example.org:5222/starttls a.example.org:5223/direct" },
  { "interleaved",
    (const char *const[]) { "30 0 5222 c.example.org", "10 0 5222 a.example.org", NULL },
    (const char *const[]) { "20 0 5223 b.example.org", "30 0 5223 c.example.org", NULL },
    "a.example.org:5222/starttls b.example.org:5223/direct c.example.org:5223/direct "
    "c.example.org:5222/starttls" },
  { "root-is-no-target",
    (const char *const[]) { "0 0 5222 .", NULL },
    (const char *const[]) { "5 0 5223 a.example.org", NULL },
    "a.example.org:5223/direct" },
  { "final-dot", (const char *const[]) { "5 0 5222 a.example.org.", NULL }, NULL,
    "a.example.org:5222/starttls" },
  { "port-zero", (const char *const[]) { "5 0 0 a.example.org", NULL }, NULL, "" },
};

static void
test_merge (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr (GPtrArray) starttls = make_records (merges[row].starttls);
  g_autoptr (GPtrArray) direct = make_records (merges[row].direct);
  g_autoptr (GPtrArray) targets = sidetone_srv_merge (starttls, direct);
  g_autofree char *text = format_targets (targets);

  g_assert_cmpstr (text, ==, merges[row].targets);
}

/* RFC 2782: the weight is a share, not an order */
static void
test_weights (void)
{
  const char *const lines[] = { "5 90 5222 heavy.example.org", "5 10 5222 light.example.org", NULL };
  guint n_heavy_first = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GPtrArray) starttls = make_records (lines);
      g_autoptr (GPtrArray) direct = make_records (NULL);
      g_autoptr (GPtrArray) targets = sidetone_srv_merge (starttls, direct);

      g_assert_cmpuint (targets->len, ==, 2);
      n_heavy_first += g_str_equal (((SidetoneTarget *) targets->pdata[0])->host,
                                    "heavy.example.org");
    }

  /* 900 are expected, and 10 is one standard deviation */
  g_assert_cmpuint (n_heavy_first, >, 820);
  g_assert_cmpuint (n_heavy_first, <, 980);
}

static void
test_bounded (void)
{
  g_autoptr (GPtrArray) starttls = NULL;
  g_autoptr (GPtrArray) direct = make_records (NULL);
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *line = g_strdup_printf ("%u 0 5222 host%u.example.org", i, i);

      g_strv_builder_add (builder, line);
    }
  lines = g_strv_builder_end (builder);
  starttls = make_records ((const char *const *) lines);
  targets = sidetone_srv_merge (starttls, direct);

  g_assert_cmpuint (targets->len, ==, 8);
  g_assert_cmpstr (((SidetoneTarget *) targets->pdata[0])->host, ==, "host0.example.org");
}

static void
test_refusal (void)
{
  const struct
  {
    const char *const *lines;
    gboolean refused;
  } rows[] = {
    { NULL, FALSE },
    { (const char *const[]) { "0 0 0 .", NULL }, TRUE },
    { (const char *const[]) { "0 0 0 ", NULL }, TRUE },
    { (const char *const[]) { "0 0 5222 a.example.org", NULL }, FALSE },
    { (const char *const[]) { "0 0 0 .", "1 0 5222 a.example.org", NULL }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) records = make_records (rows[i].lines);

      g_assert_cmpint (sidetone_srv_is_refusal (records), ==, rows[i].refused);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (merges); i++)
    {
      g_autofree char *path = g_strdup_printf ("/srv/merge/%s", merges[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_merge);
    }
  g_test_add_func ("/srv/weights", test_weights);
  g_test_add_func ("/srv/bounded", test_bounded);
  g_test_add_func ("/srv/refusal", test_refusal);

  return g_test_run ();
}
