/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* One end of a call: an ICE agent (RFC 8445), libnice's NiceAgent, with the settings of an ordinary
 * XMPP client. It knows nothing of Sidetone: what it does is the truth that test_pairs.py compares
 * Sidetone's words with.
 *
 * Its input is two lines, each a JSON object:
 *
 *     controlling     whether this end begins the call (RFC 8445, section 6.1.1)
 *     stun            a STUN server: [address, port]; none for an agent that asks nobody
 *     relays          TURN servers: address, port, transport ("udp", "tcp"), username, password
 *
 *     sdp             the other end's candidates and credentials
 *
 * Its output, too:
 *
 *     sdp             its own
 *
 *     state           "ready" or "failed", or "late" if there was no time for either
 *     local, remote   the selected pair's types: "host", "srflx", "prflx", "relayed"
 *     heard           whether the other end's packets arrive here by it
 *     was-heard       whether the other end says that this one's arrive there
 *
 * Then it stays, so that the other end gets its answers, until the input ends. */

#include "config.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <json-glib/json-glib.h>
#include <nice/agent.h>

/* Where nothing answers, NiceAgent takes 10 s; more on a busy computer */
#define LIMIT_SECONDS 40
#define PACKET_INTERVAL_MS 20

/* A packet is one of these bytes: whether its sender has had one */
#define CALLING 'c'
#define HEARING 'h'

typedef struct
{
  GMainLoop *loop;
  GDataInputStream *input;
  NiceAgent *agent;
  guint stream;
  const char *state;
  gboolean heard;
  gboolean was_heard;
} Tool;

static void
say (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);

  g_print ("%s\n", text);
}

/* Returns: (transfer full) (nullable): the next line's object; NULL at the input's end */
static JsonObject *
read_object (GDataInputStream *input)
{
  g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  g_autoptr (JsonNode) node = line != NULL ? json_from_string (line, NULL) : NULL;

  return node != NULL ? json_node_dup_object (node) : NULL;
}

static const char *
get_type_name (NiceCandidate *candidate)
{
  switch (candidate->type)
    {
    case NICE_CANDIDATE_TYPE_HOST:
      return "host";

    case NICE_CANDIDATE_TYPE_SERVER_REFLEXIVE:
      return "srflx";

    case NICE_CANDIDATE_TYPE_PEER_REFLEXIVE:
      return "prflx";

    case NICE_CANDIDATE_TYPE_RELAYED:
      return "relayed";

    default:
      g_return_val_if_reached (NULL);
    }
}

static void
say_result (Tool *tool)
{
  g_autoptr (JsonObject) result = json_object_new ();
  NiceCandidate *local;
  NiceCandidate *remote;

  json_object_set_string_member (result, "state", tool->state != NULL ? tool->state : "late");
  if (nice_agent_get_selected_pair (tool->agent, tool->stream, NICE_COMPONENT_TYPE_RTP, &local,
                                    &remote))
    {
      json_object_set_string_member (result, "local", get_type_name (local));
      json_object_set_string_member (result, "remote", get_type_name (remote));
    }
  json_object_set_boolean_member (result, "heard", tool->heard);
  json_object_set_boolean_member (result, "was-heard", tool->was_heard);
  say (result);
}

static void
close_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Tool *tool = user_data;

  g_main_loop_quit (tool->loop);
}

/* Closing gives the relays' allocations back. */
static void
end_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Tool *tool = user_data;

  g_free (g_data_input_stream_read_line_finish (tool->input, result, NULL, NULL));
  nice_agent_close_async (tool->agent, close_cb, tool);
}

static gboolean
send_cb (gpointer user_data)
{
  Tool *tool = user_data;
  char packet = tool->heard ? HEARING : CALLING;

  nice_agent_send (tool->agent, tool->stream, NICE_COMPONENT_TYPE_RTP, 1, &packet);

  return G_SOURCE_CONTINUE;
}

static void
receive_cb (NiceAgent *agent,
            guint      stream,
            guint      component,
            guint      length,
            char      *packet,
            gpointer   user_data)
{
  Tool *tool = user_data;
  gboolean is_done = tool->heard && tool->was_heard;

  tool->heard = TRUE;
  tool->was_heard = tool->was_heard || (length == 1 && packet[0] == HEARING);
  if (!is_done && tool->was_heard)
    say_result (tool);
}

static void
on_state_changed (NiceAgent *agent,
                  guint      stream,
                  guint      component,
                  guint      state,
                  Tool      *tool)
{
  if (tool->state != NULL)
    return;

  if (state == NICE_COMPONENT_STATE_READY)
    {
      tool->state = "ready";
      g_timeout_add (PACKET_INTERVAL_MS, send_cb, tool);
    }
  else if (state == NICE_COMPONENT_STATE_FAILED)
    {
      tool->state = "failed";
      say_result (tool);
    }
}

static void
on_gathered (NiceAgent *agent,
             guint      stream,
             Tool      *tool)
{
  g_autofree char *own = nice_agent_generate_local_sdp (agent);
  g_autoptr (JsonObject) told = json_object_new ();
  g_autoptr (JsonObject) theirs = NULL;

  json_object_set_string_member (told, "sdp", own);
  say (told);
  theirs = read_object (tool->input);
  if (theirs == NULL ||
      nice_agent_parse_remote_sdp (agent, json_object_get_string_member (theirs, "sdp")) < 0)
    g_error ("The other end's candidates can't be read.");

  g_data_input_stream_read_line_async (tool->input, G_PRIORITY_DEFAULT, NULL, end_cb, tool);
}

static void
add_relays (Tool      *tool,
            JsonArray *relays)
{
  for (guint i = 0; i < json_array_get_length (relays); i++)
    {
      JsonObject *relay = json_array_get_object_element (relays, i);
      gboolean is_over_udp = g_str_equal (json_object_get_string_member (relay, "transport"),
                                          "udp");

      nice_agent_set_relay_info (tool->agent, tool->stream, NICE_COMPONENT_TYPE_RTP,
                                 json_object_get_string_member (relay, "address"),
                                 json_object_get_int_member (relay, "port"),
                                 json_object_get_string_member (relay, "username"),
                                 json_object_get_string_member (relay, "password"),
                                 is_over_udp ? NICE_RELAY_TYPE_TURN_UDP
                                 : NICE_RELAY_TYPE_TURN_TCP);
    }
}

static void
begin (Tool       *tool,
       JsonObject *settings)
{
  JsonArray *stun = json_object_has_member (settings, "stun")
                    ? json_object_get_array_member (settings, "stun") : NULL;

  /* With UPnP the agent would open a port in the router. */
  g_object_set (tool->agent,
                "ice-tcp", FALSE,
                "upnp", FALSE,
                "controlling-mode", json_object_get_boolean_member (settings, "controlling"),
                NULL);
  if (stun != NULL)
    g_object_set (tool->agent,
                  "stun-server", json_array_get_string_element (stun, 0),
                  "stun-server-port", (guint) json_array_get_int_element (stun, 1),
                  NULL);
  g_signal_connect (tool->agent, "candidate-gathering-done", G_CALLBACK (on_gathered), tool);
  g_signal_connect (tool->agent, "component-state-changed", G_CALLBACK (on_state_changed), tool);
  tool->stream = nice_agent_add_stream (tool->agent, 1);
  nice_agent_set_stream_name (tool->agent, tool->stream, "audio");
  add_relays (tool, json_object_get_array_member (settings, "relays"));
  /* Without it not even STUN is received. */
  nice_agent_attach_recv (tool->agent, tool->stream, NICE_COMPONENT_TYPE_RTP, NULL, receive_cb,
                          tool);
  if (!nice_agent_gather_candidates (tool->agent, tool->stream))
    g_error ("No candidates can be gathered.");
}

static gboolean
limit_cb (gpointer user_data)
{
  Tool *tool = user_data;

  if (tool->state == NULL || (g_str_equal (tool->state, "ready") && !tool->was_heard))
    say_result (tool);

  return G_SOURCE_REMOVE;
}

int
main (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) stdin_stream = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (stdin_stream);
  g_autoptr (GObject) agent = G_OBJECT (nice_agent_new (NULL, NICE_COMPATIBILITY_RFC5245));
  g_autoptr (JsonObject) settings = read_object (input);
  Tool tool = { .loop = loop, .input = input, .agent = NICE_AGENT (agent) };

  if (settings == NULL)
    return 64;

  g_timeout_add_seconds (LIMIT_SECONDS, limit_cb, &tool);
  begin (&tool, settings);
  g_main_loop_run (loop);

  return 0;
}
