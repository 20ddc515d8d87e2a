/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The NAT probe's result, for tests in networks with a known NAT.
 *
 * The first line of its input is a JSON object:
 *
 *     servers      of STUN: [[address, port], …]
 *     relays       servers of TURN: [[address, port, transport], …], with
 *     username, password, host, ca-file
 *     nat64        the prefix of one
 *     lifetime     to measure that instead: [shortest, longest] in milliseconds
 *     outside      to look for routers on the way to the first server instead: [address, port] of a
 *                  socket as it looks from there
 *
 * A further line cancels. The output is a JSON object with the result and its duration.
 */

#include "config.h"

#include "base/json.h"
#include "nat/nat-lifetime.h"
#include "nat/path.h"

#include <gio/gunixinputstream.h>

typedef struct
{
  GMainLoop *loop;
  JsonObject *wanted;
  GCancellable *cancellable;
  GDataInputStream *input;
  gint64 start;
} Tool;

static SidetoneEndpoint *
read_endpoint (JsonArray *array)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_TRANSPORT);
  const char *transport = json_array_get_length (array) > 2 ? json_array_get_string_element (array,
                                                                                             2)
                          : "udp";
  g_autoptr (GError) error = NULL;
  SidetoneEndpoint *endpoint;

  endpoint = sidetone_endpoint_new_from_string (json_array_get_string_element (array, 0),
                                                json_array_get_int_element (array, 1),
                                                g_enum_get_value_by_nick (class, transport)->value,
                                                &error);
  g_assert_no_error (error);
  return endpoint;
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
add_nick (JsonObject *event,
          const char *name,
          GType       type,
          int         value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);

  if (value != 0)
    json_object_set_string_member (event, name, g_enum_get_value (class, value)->value_nick);
}

static void
say (Tool                       *tool,
     const SidetoneNatBehaviour *behaviour)
{
  JsonObject *event = json_object_new ();
  JsonArray *views = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  add_endpoint (event, "local", behaviour->local);
  add_endpoint (event, "mapped", behaviour->mapped);
  add_nick (event, "mapping", SIDETONE_TYPE_NAT_MAPPING, behaviour->mapping);
  add_nick (event, "mapping-reason", SIDETONE_TYPE_NAT_REASON, behaviour->mapping_reason);
  add_nick (event, "mapping-how", SIDETONE_TYPE_NAT_METHOD, behaviour->mapping_method);
  add_nick (event, "filtering", SIDETONE_TYPE_NAT_FILTERING, behaviour->filtering);
  add_nick (event, "filtering-reason", SIDETONE_TYPE_NAT_REASON, behaviour->filtering_reason);
  add_nick (event, "filtering-how", SIDETONE_TYPE_NAT_METHOD, behaviour->filtering_method);
  add_nick (event, "hairpinning", SIDETONE_TYPE_NAT_HAIRPINNING, behaviour->hairpinning);
  add_nick (event, "hairpinning-reason", SIDETONE_TYPE_NAT_REASON, behaviour->hairpinning_reason);
  json_object_set_boolean_member (event, "port-preserved", behaviour->port_preserved);
  for (guint i = 0; i < behaviour->views->len; i++)
    {
      const SidetoneNatView *view = behaviour->views->pdata[i];
      g_autofree char *viewpoint = sidetone_endpoint_format (view->viewpoint);
      g_autofree char *mapped = sidetone_endpoint_format (view->mapped);
      g_autofree char *line = g_strdup_printf ("%s seen %s", viewpoint, mapped);

      json_array_add_string_element (views, line);
    }
  json_object_set_array_member (event, "views", views);
  json_object_set_int_member (event, "ms", (g_get_monotonic_time () - tool->start) / 1000);
  json_node_take_object (node, event);
  text = json_to_string (node, FALSE);
  g_print ("%s\n", text);
}

static void
find_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Tool *tool = user_data;
  g_autoptr (SidetoneNatBehaviour) behaviour = NULL;
  g_autoptr (GError) error = NULL;

  behaviour = sidetone_nat_find_finish (result, &error);
  if (behaviour != NULL)
    say (tool, behaviour);
  else
    g_print ("{\"failed\":\"%s\",\"ms\":%" G_GINT64_FORMAT "}\n", error->message,
             (g_get_monotonic_time () - tool->start) / 1000);
  g_main_loop_quit (tool->loop);
}

static void
measure_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Tool *tool = user_data;
  SidetoneNatLifetime lifetime;
  g_autoptr (GError) error = NULL;

  if (sidetone_nat_measure_lifetime_finish (result, &lifetime, &error))
    g_print ("{\"open\":%u,\"closed\":%u,\"ms\":%" G_GINT64_FORMAT "}\n", lifetime.open_ms,
             lifetime.closed_ms, (g_get_monotonic_time () - tool->start) / 1000);
  else
    g_print ("{\"failed\":\"%s\",\"ms\":%" G_GINT64_FORMAT "}\n", error->message,
             (g_get_monotonic_time () - tool->start) / 1000);
  g_main_loop_quit (tool->loop);
}

static void
path_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Tool *tool = user_data;
  g_autoptr (SidetonePath) path = NULL;
  g_autoptr (GString) routers = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  path = sidetone_path_find_finish (result, &error);
  for (guint i = 0; path != NULL && i < path->routers->len; i++)
    {
      g_autofree char *address = g_inet_address_to_string (path->routers->pdata[i]);

      g_string_append_printf (routers, "%s\"%s\"", i > 0 ? "," : "", address);
    }

  if (path != NULL)
    g_print ("{\"routers\":[%s],\"nearest\":%s,\"passed-on\":%s,\"ms\":%" G_GINT64_FORMAT "}\n",
             routers->str, path->knows_nearest ? "true" : "false",
             path->is_passed_on ? "true" : "false",
             (g_get_monotonic_time () - tool->start) / 1000);
  else
    g_print ("{\"failed\":\"%s\"}\n", error->message);
  g_main_loop_quit (tool->loop);
}

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Tool *tool = user_data;
  g_autofree char *line = NULL;

  line = g_data_input_stream_read_line_finish (tool->input, result, NULL, NULL);
  if (line != NULL)
    g_cancellable_cancel (tool->cancellable);
}

static void
start (Tool *tool)
{
  JsonArray *servers = json_object_get_array_member (tool->wanted, "servers");
  JsonArray *relays = json_object_get_array_member (tool->wanted, "relays");
  const char *ca_file = sidetone_json_get_string (tool->wanted, "ca-file");
  const char *nat64 = sidetone_json_get_string (tool->wanted, "nat64");
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new_with_free_func (
    (GDestroyNotify) sidetone_endpoint_unref);
  g_autofree SidetoneCallServer *call_servers = g_new0 (SidetoneCallServer, json_array_get_length (relays));
  g_autoptr (GTlsDatabase) authorities = ca_file != NULL ? g_tls_file_database_new (ca_file, NULL)
                                         : NULL;
  SidetoneNat64Prefix prefix;
  SidetoneNatViews views = { .servers = endpoints, .relays = call_servers, .authorities = authorities };

  for (guint i = 0; i < json_array_get_length (servers); i++)
    g_ptr_array_add (endpoints, read_endpoint (json_array_get_array_element (servers, i)));
  for (guint i = 0; i < json_array_get_length (relays); i++)
    {
      SidetoneEndpoint *server = read_endpoint (json_array_get_array_element (relays, i));
      const SidetoneServiceFields fields = {
        .kind = SIDETONE_SERVICE_TURN,
        .transport = sidetone_endpoint_get_transport (server),
        .host = sidetone_json_get_string (tool->wanted, "host"),
        .port = sidetone_endpoint_get_port (server),
        .username = sidetone_json_get_string (tool->wanted, "username"),
        .password = sidetone_json_get_string (tool->wanted, "password"),
      };

      call_servers[i].service = sidetone_service_new (&fields);
      call_servers[i].server = server;
      views.n_relays++;
    }
  if (nat64 != NULL && sidetone_nat64_prefix_parse (&prefix, nat64))
    views.nat64 = &prefix;

  tool->start = g_get_monotonic_time ();
  if (json_object_has_member (tool->wanted, "lifetime"))
    {
      JsonArray *limits = json_object_get_array_member (tool->wanted, "lifetime");

      sidetone_nat_measure_lifetime_async (&views, json_array_get_int_element (limits, 0),
                                           json_array_get_int_element (limits, 1), NULL, NULL,
                                           tool->cancellable, measure_cb, tool);
    }
  else if (json_object_has_member (tool->wanted, "outside"))
    {
      g_autoptr (SidetoneEndpoint) outside = read_endpoint (
        json_object_get_array_member (tool->wanted, "outside"));

      sidetone_path_find_async (endpoints->pdata[0], outside, tool->cancellable, path_cb, tool);
    }
  else
    {
      sidetone_nat_find_async (&views, tool->cancellable, find_cb, tool);
    }
  for (guint i = 0; i < views.n_relays; i++)
    {
      sidetone_service_unref (call_servers[i].service);
      sidetone_endpoint_unref (call_servers[i].server);
    }
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
  g_data_input_stream_read_line_async (tool.input, G_PRIORITY_DEFAULT, NULL, line_cb, &tool);
  g_main_loop_run (tool.loop);

  g_object_unref (tool.input);
  g_object_unref (tool.cancellable);
  json_object_unref (tool.wanted);
  g_main_loop_unref (tool.loop);

  return 0;
}
