/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Gives files to a fuzz target, one after another: with a compiler that has no fuzzer, and to try
 * again what a fuzzer found. Its arguments are files, and folders of files. Prints TAP. */

#include "fuzz.h"

#include <string.h>

static guint n_tried;

static void
try_file (const char *path)
{
  g_autofree char *contents = NULL;
  g_autofree guint8 *exact = NULL;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, NULL))
    {
      g_print ("Bail out! %s can't be read\n", path);
      return;
    }

  /* Without the terminating NUL, so that a sanitizer sees a read behind the end */
  exact = g_memdup2 (contents, length);
  LLVMFuzzerTestOneInput (exact, length);
  n_tried++;
  g_print ("ok %u - %s\n", n_tried, path);
}

static void
try_path (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      try_file (path);
      return;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      try_file (inside);
    }
}

int
main (int    argc,
      char **argv)
{
  for (int i = 1; i < argc; i++)
    try_path (argv[i]);
  g_print ("1..%u\n", n_tried);

  return n_tried > 0 ? 0 : 1;
}
