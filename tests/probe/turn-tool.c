/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* STUN and TURN requests of the probe, for tests with real servers.
 *
 * The first line of its input is a JSON object:
 *
 *     do           "bind", "allocate", "echo" or "between"
 *     address, port, transport ("udp", "tcp", "tls"), host, username, password, ca-file
 *     relay        4 or 6, the family of the relayed address
 *     stun         where the second socket asks how it looks: [address, port]
 *     hold         keep the relay until a line comes
 *
 * A further line "cancel" cancels; any other goes on. Each line of the output is a JSON object with
 * an event. The password is a real one, and other users can't read the input.
 */

#include "config.h"

#include "base/error.h"
#include "base/json.h"
#include "turn/echo.h"
#include "turn/stun.h"

#include <gio/gunixinputstream.h>

typedef struct
{
  GMainLoop *loop;
  JsonObject *wanted;
  GCancellable *cancellable;
  GDataInputStream *input;
  SidetoneFlow *flow;
  SidetoneEndpoint *server;
  SidetoneTurn *relays[2];
  guint n_relays;
  guint n_waits;
  gboolean held;
} Tool;

/* Prints @event and takes it */
static void
say (const char *name,
     JsonObject *event)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_object_set_string_member (event, "event", name);
  json_node_take_object (node, event);
  text = json_to_string (node, FALSE);
  g_print ("%s\n", text);
}

static void
say_failed (const char *what,
            GError     *error)
{
  JsonObject *event = json_object_new ();
  gboolean ours = error->domain == SIDETONE_ERROR;

  json_object_set_string_member (event, "what", what);
  json_object_set_string_member (event, "code", ours ? sidetone_error_to_code (error->code)
                                 : g_quark_to_string (error->domain));
  json_object_set_boolean_member (event, "cancelled",
                                  g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  json_object_set_string_member (event, "text", error->message);
  say ("failed", event);
}

static void
add_endpoint (JsonObject       *event,
              const char       *name,
              SidetoneEndpoint *endpoint)
{
  g_autofree char *text = endpoint != NULL ? sidetone_endpoint_format (endpoint) : NULL;

  if (text != NULL)
    json_object_set_string_member (event, name, text);
}

static void
add_trips (JsonObject    *event,
           const char    *name,
           SidetoneTrips *trips)
{
  JsonObject *object = json_object_new ();
  JsonArray *missing = json_array_new ();

  json_object_set_int_member (object, "sent", sidetone_trips_get_n_sent (trips));
  json_object_set_int_member (object, "arrived", sidetone_trips_get_n_arrived (trips));
  json_object_set_int_member (object, "duplicates", sidetone_trips_get_n_duplicates (trips));
  json_object_set_int_member (object, "reordered", sidetone_trips_get_n_reordered (trips));
  json_object_set_int_member (object, "median-us", sidetone_trips_get_percentile (trips, 50));
  json_object_set_int_member (object, "p95-us", sidetone_trips_get_percentile (trips, 95));
  json_object_set_int_member (object, "jitter-us", sidetone_trips_get_jitter (trips));
  for (guint i = 0; i < SIDETONE_ECHO_PACKETS; i++)
    {
      if (sidetone_trips_get_trip (trips, i) < 0)
        json_array_add_int_element (missing, i);
    }
  json_object_set_array_member (object, "missing", missing);
  json_object_set_object_member (event, name, object);
}

static void
release_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Tool *tool = user_data;
  g_autoptr (GError) error = NULL;

  if (!sidetone_turn_release_finish (SIDETONE_TURN (source), result, &error))
    say_failed ("release", error);
  if (--tool->n_waits == 0)
    g_main_loop_quit (tool->loop);
}

static void
end (Tool *tool)
{
  tool->n_waits = tool->n_relays;
  for (guint i = 0; i < tool->n_relays; i++)
    sidetone_turn_release_async (tool->relays[i], release_cb, tool);
  if (tool->n_relays == 0)
    g_main_loop_quit (tool->loop);
}

static void
echo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Tool *tool = user_data;
  g_autoptr (SidetoneEcho) echo = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *event;
  JsonArray *large;

  echo = sidetone_echo_finish (result, &error);
  if (echo == NULL)
    {
      say_failed ("echo", error);
      end (tool);
      return;
    }

  event = json_object_new ();
  large = json_array_new ();
  add_endpoint (event, "mapped", echo->mapped);
  add_endpoint (event, "seen", echo->seen);
  add_endpoint (event, "source", echo->source);
  add_trips (event, "there", echo->there);
  add_trips (event, "back", echo->back);
  for (guint i = 0; i < SIDETONE_ECHO_N_SIZES; i++)
    {
      JsonArray *row = json_array_new ();

      json_array_add_int_element (row, echo->sizes[i].size);
      json_array_add_int_element (row, echo->sizes[i].n_sent);
      json_array_add_int_element (row, echo->sizes[i].n_there);
      json_array_add_int_element (row, echo->sizes[i].n_back);
      json_array_add_array_element (large, row);
    }
  json_object_set_array_member (event, "large", large);
  say ("echo", event);
  end (tool);
}

static SidetoneEndpoint *
get_stun (Tool *tool)
{
  JsonArray *stun = json_object_get_array_member (tool->wanted, "stun");

  return sidetone_endpoint_new_from_string (json_array_get_string_element (stun, 0),
                                            json_array_get_int_element (stun, 1),
                                            SIDETONE_TRANSPORT_UDP, NULL);
}

static void
go_on (Tool *tool)
{
  const char *task = sidetone_json_get_string (tool->wanted, "do");

  if (g_str_equal (task, "echo"))
    {
      g_autoptr (SidetoneEndpoint) stun = get_stun (tool);

      sidetone_echo_async (tool->relays[0], NULL, NULL, stun, NULL, NULL, tool->cancellable, echo_cb, tool);
    }
  else if (g_str_equal (task, "between"))
    {
      sidetone_echo_between_async (tool->relays[0], tool->relays[1], NULL, tool->cancellable, echo_cb,
                                   tool);
    }
  else
    {
      end (tool);
    }
}

static void
allocate_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Tool *tool = user_data;
  SidetoneTurn *relay = SIDETONE_TURN (source);
  g_autoptr (GError) error = NULL;
  JsonObject *event;

  if (!sidetone_turn_allocate_finish (relay, result, &error))
    {
      say_failed ("allocate", error);
      end (tool);
      return;
    }

  event = json_object_new ();
  add_endpoint (event, "local", sidetone_turn_get_local (relay));
  add_endpoint (event, "mapped", sidetone_turn_get_mapped (relay));
  add_endpoint (event, "relayed", sidetone_turn_get_relayed (relay));
  json_object_set_int_member (event, "lifetime", sidetone_turn_get_lifetime (relay));
  json_object_set_int_member (event, "round-trip-us", sidetone_turn_get_round_trip (relay));
  if (sidetone_turn_get_software (relay) != NULL)
    json_object_set_string_member (event, "software", sidetone_turn_get_software (relay));
  say ("allocated", event);

  if (--tool->n_waits > 0)
    return;
  tool->held = json_object_get_boolean_member_with_default (tool->wanted, "hold", FALSE);
  if (!tool->held)
    go_on (tool);
}

/* Who said that packets can't get there */
static void
say_teller (Tool *tool)
{
  GInetAddress *teller = sidetone_flow_get_told_by (tool->flow, tool->server);
  JsonObject *event;
  g_autofree char *address = NULL;

  if (teller == NULL)
    return;

  event = json_object_new ();
  address = g_inet_address_to_string (teller);
  json_object_set_string_member (event, "by", address);
  say ("told", event);
}

static void
bind_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Tool *tool = user_data;
  g_autoptr (SidetoneBinding) binding = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *event;

  binding = sidetone_stun_bind_finish (result, &error);
  say_teller (tool);
  if (binding == NULL)
    {
      say_failed ("bind", error);
      end (tool);
      return;
    }

  event = json_object_new ();
  add_endpoint (event, "local", binding->local);
  add_endpoint (event, "mapped", binding->mapped);
  add_endpoint (event, "plain", binding->plain);
  add_endpoint (event, "origin", binding->origin);
  add_endpoint (event, "other", binding->other);
  json_object_set_int_member (event, "round-trip-us", binding->round_trip_us);
  json_object_set_int_member (event, "sent", binding->n_sent);
  if (binding->software != NULL)
    json_object_set_string_member (event, "software", binding->software);
  say ("bound", event);
  end (tool);
}

static void read_line (Tool *tool);

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Tool *tool = user_data;
  g_autofree char *line = NULL;

  line = g_data_input_stream_read_line_finish (tool->input, result, NULL, NULL);
  if (line == NULL)
    return;

  if (g_str_equal (line, "cancel"))
    {
      g_cancellable_cancel (tool->cancellable);
      /* No running call would end it */
      if (tool->held)
        end (tool);
    }
  else if (tool->held)
    {
      tool->held = FALSE;
      go_on (tool);
    }
  read_line (tool);
}

static void
read_line (Tool *tool)
{
  g_data_input_stream_read_line_async (tool->input, G_PRIORITY_DEFAULT, NULL, line_cb, tool);
}

static void
add_relay (Tool             *tool,
           SidetoneEndpoint *server)
{
  const char *ca_file = sidetone_json_get_string (tool->wanted, "ca-file");
  g_autoptr (GTlsDatabase) authorities = NULL;
  SidetoneTurn *relay;

  relay = sidetone_turn_new (server, sidetone_json_get_string (tool->wanted, "host"),
                             sidetone_json_get_string (tool->wanted, "username"),
                             sidetone_json_get_string (tool->wanted, "password"),
                             json_object_get_int_member (tool->wanted, "relay") == 6
                             ? G_SOCKET_FAMILY_IPV6 : G_SOCKET_FAMILY_IPV4);
  if (ca_file != NULL)
    authorities = g_tls_file_database_new (ca_file, NULL);
  sidetone_turn_set_authorities (relay, authorities);
  tool->relays[tool->n_relays++] = relay;
  tool->n_waits++;
  sidetone_turn_allocate_async (relay, tool->cancellable, allocate_cb, tool);
}

static void
start (Tool *tool)
{
  const char *task = sidetone_json_get_string (tool->wanted, "do");
  const char *transport = sidetone_json_get_string (tool->wanted, "transport");
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_TRANSPORT);
  g_autoptr (SidetoneEndpoint) server = NULL;
  g_autoptr (GError) error = NULL;

  server = sidetone_endpoint_new_from_string (sidetone_json_get_string (tool->wanted, "address"),
                                              json_object_get_int_member (tool->wanted, "port"),
                                              g_enum_get_value_by_nick (class, transport)->value,
                                              &error);
  g_assert_no_error (error);

  tool->server = sidetone_endpoint_ref (server);
  if (!g_str_equal (task, "bind"))
    {
      add_relay (tool, server);
      if (g_str_equal (task, "between"))
        add_relay (tool, server);
      return;
    }

  tool->flow = sidetone_flow_new_towards (server, &error);
  if (tool->flow == NULL)
    {
      say_failed ("bind", error);
      exit (1);
    }
  sidetone_stun_bind_async (tool->flow, server, tool->cancellable, bind_cb, tool);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GInputStream) raw = g_unix_input_stream_new (0, FALSE);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  Tool tool = { 0 };

  tool.loop = g_main_loop_new (NULL, FALSE);
  tool.cancellable = g_cancellable_new ();
  tool.input = g_data_input_stream_new (raw);
  line = g_data_input_stream_read_line (tool.input, NULL, NULL, &error);
  g_assert_no_error (error);
  tool.wanted = sidetone_json_parse_object (line, strlen (line), 65536, 8, &error);
  g_assert_no_error (error);

  start (&tool);
  read_line (&tool);
  g_main_loop_run (tool.loop);

  for (guint i = 0; i < tool.n_relays; i++)
    g_object_unref (tool.relays[i]);
  g_clear_object (&tool.flow);
  g_clear_pointer (&tool.server, sidetone_endpoint_unref);
  g_object_unref (tool.input);
  g_object_unref (tool.cancellable);
  json_object_unref (tool.wanted);
  g_main_loop_unref (tool.loop);

  return 0;
}
