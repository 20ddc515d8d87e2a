/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "application.h"
#include "base/secret.h"
#include "result/host-row.h"
#include "sign-in/sign-in-page.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* bench-window ARGUMENT OF SIDETONE…: the real window makes one check, with the command line's
 * account and the password on standard input. Each callback of the main loop (the dispatch of one
 * GSource) and each turn, from the return of one poll to the next, is measured; a turn may contain
 * several callbacks. A single argument that is a report (NAME.json) is opened instead, and measured
 * until all rows are made.
 *
 * Prints a line for each turn, separated by tabs: the running steps before and after it, the source
 * of its longest callback, milliseconds from the press of Check to its end, then microseconds: in
 * everything except GTK's layout and paint, the processor time of that, in layout and paint, the
 * processor time of that, the processor time of the longest callback except layout and paint. Time
 * that other programs had the processor is left out. The last line is the headline. */

/* Before Check is pressed, the keyring's lookups must be over; after the result, the sign-out */
#define REST_MS 700

typedef struct
{
  gint64 held;     /* nanoseconds */
  gint64 processor;
} Moment;

typedef struct
{
  const char *before;
  const char *after;
  gint64 end;      /* since Check was pressed */
  Moment calls;
  Moment frame;
  const char *source;
  gint64 callback; /* the longest one's nanoseconds on the processor */
} Turn;

typedef gboolean (*DispatchFunc) (GSource    *source,
                                  GSourceFunc callback,
                                  gpointer    user_data);

static struct
{
  int schedstat;
  GtkWindow *window;
  char *password;  /* NULL: a report is opened */
  GArray *turns;   /* of Turn */
  gboolean is_ready;
  gint64 pressed;
  const char *steps;
  Moment turn_begin;
  Moment frame_begin;
  int frame_depth;
  Moment frame;    /* spent in this turn */
  const char *source;
  gint64 callback; /* the longest one in this turn */
  gboolean is_in_callback;
  gboolean is_over;
  guint n_rows;    /* of a report: the last count */
  GThread *thread;
} bench;

/* Other threads make sources, too. */
static GMutex sources_lock;
static GHashTable *own_dispatches;   /* DispatchFunc of each GSourceFuncs that is measured */
static GHashTable *measured_funcs;   /* GSourceFuncs to take in place of others */

static gint64
read_clock (clockid_t clock)
{
  struct timespec at;

  clock_gettime (clock, &at);

  return at.tv_sec * G_GINT64_CONSTANT (1000000000) + at.tv_nsec;
}

/* How long this thread has waited for a processor so far: the second number */
static gint64
read_queueing (void)
{
  char text[128];
  gssize length = pread (bench.schedstat, text, sizeof text - 1, 0);
  char *second;

  if (length <= 0)
    return 0;

  text[length] = '\0';
  g_ascii_strtoull (text, &second, 10);

  return (gint64) g_ascii_strtoull (second, NULL, 10);
}

static Moment
now (void)
{
  return (Moment) {
           read_clock (CLOCK_MONOTONIC) - read_queueing (), read_clock (CLOCK_THREAD_CPUTIME_ID)
  };
}

static Moment
since (Moment begin)
{
  Moment end = now ();

  return (Moment) { end.held - begin.held, end.processor - begin.processor };
}

static gboolean
measure_dispatch (GSource    *source,
                  GSourceFunc callback,
                  gpointer    user_data)
{
  DispatchFunc dispatch;
  const char *name;
  gint64 begin, frame, spent;
  gboolean result;

  g_mutex_lock (&sources_lock);
  dispatch = g_hash_table_lookup (own_dispatches, source->source_funcs);
  g_mutex_unlock (&sources_lock);
  if (bench.thread != g_thread_self () || bench.is_in_callback)
    return dispatch (source, callback, user_data);

  name = g_source_get_name (source) != NULL ? g_intern_string (g_source_get_name (source)) : "?";
  frame = bench.frame.processor;
  begin = read_clock (CLOCK_THREAD_CPUTIME_ID);
  bench.is_in_callback = TRUE;
  result = dispatch (source, callback, user_data);
  bench.is_in_callback = FALSE;
  spent = read_clock (CLOCK_THREAD_CPUTIME_ID) - begin - (bench.frame.processor - frame);
  if (spent > bench.callback)
    {
      bench.callback = spent;
      bench.source = name;
    }

  return result;
}

static void
measure_funcs (GSourceFuncs *funcs)
{
  g_hash_table_insert (own_dispatches, funcs, funcs->dispatch);
  funcs->dispatch = measure_dispatch;
}

/* The kinds of source that GLib tells apart by the address of their functions */
static void
measure_sources_of_glib (void)
{
  own_dispatches = g_hash_table_new (NULL, NULL);
  measured_funcs = g_hash_table_new (NULL, NULL);
  measure_funcs (&g_idle_funcs);
  measure_funcs (&g_timeout_funcs);
  measure_funcs (&g_child_watch_funcs);
  measure_funcs (&g_io_watch_funcs);
  measure_funcs (&g_unix_signal_funcs);
  measure_funcs (&g_unix_fd_source_funcs);
}

/* Stands in for GLib's own function (symbol interposition): so all other kinds are measured. */
GSource *
g_source_new (GSourceFuncs *funcs,
              guint         size)
{
  static GSource *(*make) (GSourceFuncs *funcs, guint size);
  GSourceFuncs *measured = funcs;

  g_mutex_lock (&sources_lock);
  if (make == NULL)
    make = dlsym (RTLD_NEXT, "g_source_new");
  if (own_dispatches != NULL && g_hash_table_lookup (own_dispatches, funcs) == NULL)
    {
      measured = g_hash_table_lookup (measured_funcs, funcs);
      if (measured == NULL)
        {
          measured = g_memdup2 (funcs, sizeof *funcs);
          measure_funcs (measured);
          g_hash_table_insert (measured_funcs, funcs, measured);
        }
    }
  g_mutex_unlock (&sources_lock);

  return make (measured, size);
}

static gpointer
get_child (gpointer    widget,
           const char *name)
{
  return gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);
}

/* The current step, as the user sees it */
static const char *
get_steps (void)
{
  GtkWidget *page = get_child (bench.window, "result_page");

  if (!gtk_widget_get_mapped (page) || get_child (page, "steps_row") == NULL)
    return "form";
  if (gtk_widget_get_visible (get_child (bench.window, "again_button")))
    return "result";

  return g_intern_string (adw_preferences_row_get_title (get_child (page, "steps_row")));
}

static gboolean
end_cb (gpointer user_data)
{
  GtkLabel *headline = get_child (get_child (get_child (bench.window, "result_page"),
                                             "verdict"), "headline_label");

  for (guint i = 0; i < bench.turns->len; i++)
    {
      Turn *turn = &g_array_index (bench.turns, Turn, i);

      g_print ("%s\t%s\t%s\t%.3f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\n", turn->before, turn->after,
               turn->source, turn->end / 1e6, turn->calls.held / 1e3, turn->calls.processor / 1e3,
               turn->frame.held / 1e3, turn->frame.processor / 1e3, turn->callback / 1e3);
    }
  g_print ("%s\n", gtk_label_get_text (headline));

  gtk_window_close (g_steal_pointer (&bench.window));

  return G_SOURCE_REMOVE;
}

static guint
count_rows (GtkWidget *widget)
{
  guint n_rows = SIDETONE_IS_HOST_ROW (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_rows += count_rows (child);

  return n_rows;
}

/* As a user who looks at the call servers */
static gboolean
count_rows_cb (gpointer user_data)
{
  GtkWidget *fold = get_child (get_child (bench.window, "result_page"), "hosts_row");
  guint n_rows;

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fold), TRUE);
  n_rows = count_rows (fold);
  if (n_rows > 0 && n_rows == bench.n_rows)
    return end_cb (NULL);

  bench.n_rows = n_rows;

  return G_SOURCE_CONTINUE;
}

static void
end_turn (void)
{
  Moment spent = since (bench.turn_begin);
  Turn turn;

  if (bench.pressed == 0 || bench.window == NULL)
    return;

  turn = (Turn) {
    .before = bench.steps,
    .after = get_steps (),
    .end = read_clock (CLOCK_MONOTONIC) - bench.pressed,
    .calls = { spent.held - bench.frame.held, spent.processor - bench.frame.processor },
    .frame = bench.frame,
    .source = bench.source,
    .callback = bench.callback,
  };
  g_array_append_val (bench.turns, turn);
  bench.steps = turn.after;

  if (!bench.is_over && bench.password == NULL &&
      gtk_widget_get_mapped (get_child (bench.window, "result_page")))
    {
      bench.is_over = TRUE;
      g_timeout_add (REST_MS, count_rows_cb, NULL);
    }
  else if (!bench.is_over && g_str_equal (turn.after, "result"))
    {
      bench.is_over = TRUE;
      g_timeout_add (REST_MS, end_cb, NULL);
    }
}

static int
measure_poll (GPollFD *files,
              guint    n_files,
              int      timeout_ms)
{
  int result;

  end_turn ();
  result = g_poll (files, n_files, timeout_ms);
  bench.frame = (Moment) { 0 };
  bench.source = "none";
  bench.callback = 0;
  bench.turn_begin = now ();

  return result;
}

static gboolean
press_cb (gpointer user_data)
{
  GtkWidget *page = get_child (bench.window, "sign_in_page");

  bench.pressed = read_clock (CLOCK_MONOTONIC);
  bench.steps = "form";
  gtk_widget_activate_action (page, "page.check", NULL);

  return G_SOURCE_REMOVE;
}

static void
begin_frame (void)
{
  if (bench.frame_depth++ == 0)
    bench.frame_begin = now ();
}

static void
end_frame (void)
{
  Moment spent;

  if (--bench.frame_depth > 0)
    return;

  spent = since (bench.frame_begin);
  bench.frame.held += spent.held;
  bench.frame.processor += spent.processor;
}

static void
on_after_paint (void)
{
  end_frame ();
  if (bench.is_ready)
    return;

  bench.is_ready = TRUE;
  if (bench.password == NULL)
    return;

  sidetone_sign_in_page_return_password (get_child (bench.window, "sign_in_page"), bench.password);
  g_timeout_add (REST_MS, press_cb, NULL);
}

/* Before all handlers */
static gboolean
on_compute_size (GSignalInvocationHint *hint,
                 guint                  n_values,
                 const GValue          *values,
                 gpointer               user_data)
{
  begin_frame ();

  return TRUE;
}

/* Between frames GTK also computes the window's size */
static void
on_map (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  g_signal_connect (clock, "before-paint", G_CALLBACK (begin_frame), NULL);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), NULL);
  g_signal_add_emission_hook (g_signal_lookup ("compute-size", GDK_TYPE_TOPLEVEL), 0,
                              on_compute_size, NULL, NULL);
  g_signal_connect_after (surface, "compute-size", G_CALLBACK (end_frame), NULL);
}

static void
on_window_added (GtkApplication *application,
                 GtkWindow      *window)
{
  bench.window = window;
  if (bench.password == NULL)
    {
      bench.pressed = read_clock (CLOCK_MONOTONIC);
      bench.steps = "form";
    }
  g_signal_connect (window, "map", G_CALLBACK (on_map), NULL);
}

static char *
read_password (void)
{
  char line[256];

  return fgets (line, sizeof line, stdin) != NULL ? g_strdup (g_strchomp (line)) : NULL;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (SidetoneApplication) application = NULL;
  gboolean is_report;
  int status;

  bench.thread = g_thread_self ();
  bench.source = "none";
  measure_sources_of_glib ();
  setlocale (LC_ALL, "");
  is_report = g_str_has_suffix (argv[argc - 1], ".json");
  if (!is_report)
    bench.password = read_password ();
  if (bench.password == NULL && !is_report)
    {
      g_printerr ("The password is read from the standard input.\n");
      return 64;
    }
  bench.schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  bench.turns = g_array_new (FALSE, FALSE, sizeof (Turn));

  application = sidetone_application_new ();
  /* Several processes at once, each with its own window */
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application)) |
                           G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);
  bench.turn_begin = now ();
  g_main_context_set_poll_func (NULL, measure_poll);
  status = g_application_run (G_APPLICATION (application), argc, argv);

  sidetone_secret_free (bench.password);
  g_array_unref (bench.turns);

  return bench.is_over ? status : 1;
}
