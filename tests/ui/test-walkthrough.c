/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "judge/walkthrough.h"
#include "lib/reports.h"
#include "walkthrough/walkthrough-page.h"
#include "words/describe.h"

/* The walkthrough's page: its questions, acts and results, with checks from the folder reports. */

#define NARROW 360

static SidetoneRun *
load_run (const char *name)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report (name);

  return sidetone_run_new_for_report (report);
}

static SidetoneWalkthroughPage *
begin (const char *name)
{
  SidetoneWalkthroughPage *page = g_object_new (SIDETONE_TYPE_WALKTHROUGH_PAGE, NULL);
  g_autoptr (SidetoneRun) run = load_run (name);

  ui_test_show (GTK_WIDGET (page), NARROW, 600);
  sidetone_walkthrough_page_begin (page, run);

  return page;
}

static void
end (SidetoneWalkthroughPage *page)
{
  ui_test_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), GTK_WIDGET (page));
}

static void
click (SidetoneWalkthroughPage *page,
       const char              *words)
{
  GtkWidget *label;
  GtkWidget *button;

  WAIT_FOR ((label = ui_test_find_label (GTK_WIDGET (page), words)) != NULL);
  button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_activate_action_variant (
                   button, gtk_actionable_get_action_name (GTK_ACTIONABLE (button)),
                   gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button))));
}

static void
expect (SidetoneWalkthroughPage *page,
        const char              *words)
{
  WAIT_FOR (ui_test_find_part (GTK_WIDGET (page), words) != NULL);
}

/* Everything that is shown is in the name of what has the focus. */
static void
assert_spoken (SidetoneWalkthroughPage *page,
               const char              *words)
{
  GtkWidget *view = ui_test_get_child (GTK_WIDGET (page), "station_view");

  /* With the focus, it is read out. */
  WAIT_FOR (gtk_root_get_focus (gtk_widget_get_root (view)) == view);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, words);
}

static void
count_check (SidetoneWalkthroughPage *page,
             guint                   *n)
{
  (*n)++;
}

static void
test_course (void)
{
  SidetoneWalkthroughPage *page = begin ("not-xmpp");
  g_autoptr (SidetoneRun) offline = load_run ("offline");
  g_autoptr (SidetoneRun) solved = load_run ("relay");
  g_autofree char *text = NULL;
  guint n_checks = 0;

  g_signal_connect (page, "check", G_CALLBACK (count_check), &n_checks);
  expect (page, "Log in on this network's login page, and check again.");
  click (page, "Check Again");
  g_assert_cmpuint (n_checks, ==, 1);

  /* No network: that tells nothing. */
  sidetone_walkthrough_page_set_check (page, offline);
  expect (page, "That check could not tell: This computer is offline.");
  sidetone_walkthrough_page_set_check (page, solved);
  expect (page, "The cause is found");
  expect (page, "Not a web server at the port that your server names for XMPP. It was gone after the "
          "login.");
  g_assert_true (sidetone_walkthrough_page_is_over (page));
  g_assert_true (sidetone_walkthrough_page_get_latest (page) == solved);

  text = sidetone_walkthrough_page_write (page, TRUE);
  g_assert_nonnull (strstr (text, "What it is not\n  Not a web server"));
  g_assert_nonnull (strstr (text, "CON-09"));

  /* Back, step by step */
  g_assert_true (sidetone_walkthrough_page_go_back (page));
  expect (page, "That check could not tell: This computer is offline.");
  g_assert_true (sidetone_walkthrough_page_go_back (page));
  g_assert_null (ui_test_find_part (GTK_WIDGET (page), "That check could not tell"));
  g_assert_false (sidetone_walkthrough_page_go_back (page));

  click (page, "I Can't Do That");
  expect (page, "Several causes are left");
  end (page);
}

static void
test_questions (void)
{
  SidetoneWalkthroughPage *page = begin ("relay");

  expect (page, "Do calls fail on this network, at this time?");
  click (page, "No");
  expect (page, "Check again on the network where calls fail, or when they fail.");
  g_assert_true (sidetone_walkthrough_page_go_back (page));
  click (page, "Yes");
  expect (page, "Why calls fail now and then: check while one fails.");
  end (page);
}

static GtkWidget *
find_write_button (SidetoneWalkthroughPage *page)
{
  return ui_test_get_child (GTK_WIDGET (page), "write_button");
}

/* Where the server's administrator is left, a letter to them is one click away. */
static void
test_administrator (void)
{
  SidetoneWalkthroughPage *page = begin ("not-xmpp");
  g_autoptr (SidetoneRun) solved = load_run ("relay");

  g_assert_false (gtk_widget_get_visible (find_write_button (page)));
  click (page, "I Can't Do That");
  expect (page, "Several causes are left");
  g_assert_true (gtk_widget_get_visible (find_write_button (page)));
  end (page);

  page = begin ("not-xmpp");
  sidetone_walkthrough_page_set_check (page, solved);
  g_assert_true (sidetone_walkthrough_page_is_over (page));
  g_assert_false (gtk_widget_get_visible (find_write_button (page)));
  end (page);
}

static void
test_spoken (void)
{
  SidetoneWalkthroughPage *page = begin ("relay");

  assert_spoken (page, "Do calls fail on this network, at this time?\n"
                 "Nothing that stops calls was found here. If they fail in another place, or only at "
                 "times, a check here and now can't show why.");
  click (page, "No");
  assert_spoken (page, "Check again on the network where calls fail, or when they fail.\n"
                 "Only a check in that place, or at that time, can show what is wrong.");
  end (page);
}

/* On a narrow screen, with text of twice the size, in English and German */
static void
test_narrow (void)
{
  ui_test_set_text_size (200);
  for (int german = 0; german < 2; german++)
    {
      SidetoneWalkthroughPage *page;

      ui_test_use_catalogues (german);
      page = begin ("not-xmpp");
      g_assert_cmpint (ui_test_get_min_width (GTK_WIDGET (page)), <=, NARROW);
      click (page, german ? "Das geht nicht" : "I Can't Do That");
      expect (page, german ? "Was es ist" : "What it is");
      g_assert_cmpint (ui_test_get_min_width (GTK_WIDGET (page)), <=, NARROW);
      end (page);
    }
  ui_test_use_catalogues (FALSE);
  ui_test_set_text_size (100);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_prepare_catalogues ();
  ui_test_init (&argc, &argv);

  g_test_add_func ("/walkthrough/course", test_course);
  g_test_add_func ("/walkthrough/questions", test_questions);
  g_test_add_func ("/walkthrough/administrator", test_administrator);
  g_test_add_func ("/walkthrough/spoken", test_spoken);
  g_test_add_func ("/walkthrough/narrow", test_narrow);

  return g_test_run ();
}
