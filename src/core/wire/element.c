/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/element.h"

#include <string.h>

#include "base/error.h"
#include "base/secret.h"
#include "wire/xml.h"

/**
 * SidetoneElement:
 *
 * An XML element with its attributes, children and text. Immutable and reference-counted;
 * references may be taken and dropped in any thread.
 *
 * It is read from text that somebody else's server wrote, so the reader is narrow. It takes what
 * RFC 6120 section 11.1 lets into a stream and nothing else: no comments, no processing
 * instructions, no document types, no entities but the five of XML and character references. CDATA
 * sections are refused too: libstrophe never writes one. Size and depth are bounded, and each limit
 * has an error of its own.
 *
 * GMarkup does the reading. It knows no namespaces and takes doubled attributes and several roots,
 * so those are looked after here.
 */
struct _SidetoneElement
{
  gatomicrefcount ref_count;

  char *name;
  GRefString *xmlns;   /* %NULL for none; shared with other elements of the tree */
  GStrv attributes;    /* names and values in turn; %NULL for none */
  GPtrArray *children; /* %NULL for none */
  char *text;          /* %NULL for none */
};

#define XML_NS "http://www.w3.org/XML/1998/namespace"
#define XMLNS_NS "http://www.w3.org/2000/xmlns/"

G_DEFINE_BOXED_TYPE (SidetoneElement, sidetone_element, sidetone_element_ref,
                     sidetone_element_unref)

/* An element whose end has not come yet */
typedef struct
{
  SidetoneElement *element; /* belongs to the parent's children, or is the root */
  GString *text;            /* %NULL for none */
  GHashTable *namespaces;   /* prefix ("" for the default) to GRefString, %NULL for none */
} Frame;

typedef struct
{
  SidetoneElement *root;
  GPtrArray *open;
} Reader;

static void
frame_free (Frame *frame)
{
  if (frame->text != NULL)
    g_string_free (frame->text, TRUE);
  g_clear_pointer (&frame->namespaces, g_hash_table_unref);
  g_free (frame);
}

static void
set_malformed (GError    **error,
               const char *what)
{
  g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_MALFORMED, "XML with %s", what);
}

/* Namespaces in XML 1.0: `xml` and `xmlns` are fixed, and only the default can be taken back. */
static gboolean
declare_namespace (Frame      *frame,
                   const char *prefix,
                   const char *xmlns,
                   GError    **error)
{
  if (g_str_equal (prefix, "xmlns") || g_str_equal (xmlns, XMLNS_NS) ||
      g_str_equal (prefix, "xml") != g_str_equal (xmlns, XML_NS) ||
      (*prefix != '\0' && *xmlns == '\0'))
    {
      set_malformed (error, "a namespace that can't be declared so");
      return FALSE;
    }

  if (frame->namespaces == NULL)
    frame->namespaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) g_ref_string_release);

  g_hash_table_replace (frame->namespaces, g_strdup (prefix), g_ref_string_new (xmlns));

  return TRUE;
}

static GRefString *
find_namespace (Reader     *reader,
                const char *prefix)
{
  for (guint i = reader->open->len; i > 0; i--)
    {
      Frame *frame = g_ptr_array_index (reader->open, i - 1);
      GRefString *xmlns;

      xmlns = frame->namespaces != NULL ? g_hash_table_lookup (frame->namespaces, prefix) : NULL;
      if (xmlns != NULL)
        return xmlns;
    }

  return NULL;
}

/* Splits `prefix:name`. Without a colon the prefix is empty. */
static gboolean
split_name (const char  *written,
            char       **prefix,
            const char **name,
            GError     **error)
{
  const char *colon = strchr (written, ':');

  if (colon == NULL)
    {
      *prefix = g_strdup ("");
      *name = written;
      return TRUE;
    }

  if (colon == written || colon[1] == '\0' || strchr (colon + 1, ':') != NULL)
    {
      set_malformed (error, "a colon in the wrong place");
      return FALSE;
    }

  *prefix = g_strndup (written, colon - written);
  *name = colon + 1;

  return TRUE;
}

/* `xmlns` or `xmlns:prefix` */
static gboolean
is_declaration (const char *prefix,
                const char *name)
{
  return g_str_equal (*prefix != '\0' ? prefix : name, "xmlns");
}

/* Two attributes are the same if they are written the same, or if their prefixes mean the same
 * namespace. Both sorts of key go into one set; only the second has a space. */
static gboolean
note_attribute (GHashTable *seen,
                char       *key,
                GError    **error)
{
  if (g_hash_table_add (seen, key))
    return TRUE;

  g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE,
                       "XML with the same attribute twice");

  return FALSE;
}

static gboolean
read_declarations (Frame       *frame,
                   const char **names,
                   const char **values,
                   GHashTable  *seen,
                   GError     **error)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *prefix = NULL;
      const char *name;

      if (!note_attribute (seen, g_strdup (names[i]), error) ||
          !split_name (names[i], &prefix, &name, error))
        return FALSE;

      if (is_declaration (prefix, name) &&
          !declare_namespace (frame, *prefix != '\0' ? name : "", values[i], error))
        return FALSE;
    }

  return TRUE;
}

/* Attributes of a foreign namespace are checked and forgotten: nothing that is read has any, and
 * one must not be taken for the plain attribute of the same name. */
static gboolean
read_attributes (Reader      *reader,
                 Frame       *frame,
                 const char **names,
                 const char **values,
                 GError     **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (!read_declarations (frame, names, values, seen, error))
    return FALSE;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *prefix = NULL;
      const char *name;
      GRefString *xmlns;

      if (!split_name (names[i], &prefix, &name, error))
        return FALSE;

      if (is_declaration (prefix, name))
        continue;

      if (*prefix == '\0' || g_str_equal (prefix, "xml"))
        {
          g_strv_builder_add_many (builder, names[i], values[i], NULL);
          continue;
        }

      xmlns = find_namespace (reader, prefix);
      if (xmlns == NULL)
        {
          set_malformed (error, "a prefix that nobody declared");
          return FALSE;
        }

      if (!note_attribute (seen, g_strconcat (xmlns, " ", name, NULL), error))
        return FALSE;
    }

  frame->element->attributes = g_strv_builder_end (builder);

  return TRUE;
}

static gboolean
read_name (Reader          *reader,
           SidetoneElement *element,
           const char      *written,
           GError         **error)
{
  g_autofree char *prefix = NULL;
  const char *name;
  GRefString *xmlns;

  if (!split_name (written, &prefix, &name, error))
    return FALSE;

  xmlns = find_namespace (reader, prefix);
  if (xmlns == NULL && *prefix != '\0')
    {
      set_malformed (error, "a prefix that nobody declared");
      return FALSE;
    }

  element->name = g_strdup (name);
  if (xmlns != NULL && *xmlns != '\0')
    element->xmlns = g_ref_string_acquire (xmlns);

  return TRUE;
}

static Frame *
open_element (Reader *reader)
{
  Frame *frame = g_new0 (Frame, 1);

  frame->element = g_new0 (SidetoneElement, 1);
  g_atomic_ref_count_init (&frame->element->ref_count);

  if (reader->root == NULL)
    {
      reader->root = frame->element;
      declare_namespace (frame, "xml", XML_NS, NULL);
    }
  else
    {
      Frame *parent = g_ptr_array_index (reader->open, reader->open->len - 1);

      if (parent->element->children == NULL)
        parent->element->children =
          g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_element_unref);
      g_ptr_array_add (parent->element->children, frame->element);
    }

  g_ptr_array_add (reader->open, frame);

  return frame;
}

static void
start_element_cb (GMarkupParseContext *context,
                  const char          *element_name,
                  const char         **attribute_names,
                  const char         **attribute_values,
                  gpointer             user_data,
                  GError             **error)
{
  Reader *reader = user_data;
  Frame *frame;

  if (reader->root != NULL && reader->open->len == 0)
    {
      set_malformed (error, "a second root");
      return;
    }

  if (reader->open->len == SIDETONE_ELEMENT_MAX_DEPTH)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_TOO_DEEP,
                   "XML nested deeper than %d levels", SIDETONE_ELEMENT_MAX_DEPTH);
      return;
    }

  frame = open_element (reader);

  /* A text can hold 16,000 elements, and most have no attribute. */
  if (attribute_names[0] != NULL &&
      !read_attributes (reader, frame, attribute_names, attribute_values, error))
    return;

  read_name (reader, frame->element, element_name, error);
}

static void
end_element_cb (GMarkupParseContext *context,
                const char          *element_name,
                gpointer             user_data,
                GError             **error)
{
  Reader *reader = user_data;
  Frame *frame = g_ptr_array_index (reader->open, reader->open->len - 1);

  if (frame->text != NULL)
    frame->element->text = g_string_free (g_steal_pointer (&frame->text), FALSE);
  g_ptr_array_remove_index (reader->open, reader->open->len - 1);
}

static void
text_cb (GMarkupParseContext *context,
         const char          *text,
         gsize                text_len,
         gpointer             user_data,
         GError             **error)
{
  Reader *reader = user_data;
  Frame *frame;

  /* White space round the root: GMarkup itself refuses anything else there. */
  if (reader->open->len == 0)
    return;

  frame = g_ptr_array_index (reader->open, reader->open->len - 1);
  if (frame->text == NULL)
    frame->text = g_string_new (NULL);
  g_string_append_len (frame->text, text, text_len);
}

static gboolean
parse_markup (Reader     *reader,
              const char *text,
              gsize       length,
              GError    **error)
{
  static const GMarkupParser parser = {
    .start_element = start_element_cb,
    .end_element = end_element_cb,
    .text = text_cb,
  };
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError) local_error = NULL;

  context = g_markup_parse_context_new (&parser, 0, reader, NULL);
  if (g_markup_parse_context_parse (context, text, length, &local_error) &&
      g_markup_parse_context_end_parse (context, &local_error))
    return TRUE;

  if (local_error->domain == SIDETONE_ERROR)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_MALFORMED,
                         local_error->message);

  return FALSE;
}

/**
 * sidetone_element_new_from_text:
 * @text: one XML element; need not end with a NUL if @length is given
 * @length: its length in bytes, -1 if it ends with a NUL
 * @error: return location for an error
 *
 * Reads an element from text of unknown origin: at most %SIDETONE_ELEMENT_MAX_BYTES bytes of UTF-8
 * with one root, and at most %SIDETONE_ELEMENT_MAX_DEPTH elements inside one another, the root
 * included. White space round the root is skipped.
 *
 * Fails with
 *
 * - %SIDETONE_ERROR_TEXT_TOO_LARGE and %SIDETONE_ERROR_TEXT_TOO_DEEP beyond these limits;
 * - %SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE if an element has the same attribute twice, by its name
 *   as written or by namespace and local name;
 * - %SIDETONE_ERROR_XML_DOCTYPE for `<!DOCTYPE` and its relatives;
 * - %SIDETONE_ERROR_XML_ENTITY for an entity other than `amp`, `lt`, `gt`, `quot` and `apos`;
 * - %SIDETONE_ERROR_TEXT_MALFORMED for all else, comments, CDATA, processing instructions and
 *   undeclared prefixes included.
 *
 * Returns: (transfer full): the element, or %NULL with @error set
 */
SidetoneElement *
sidetone_element_new_from_text (const char *text,
                                gssize      length,
                                GError    **error)
{
  g_autofree char *copy = NULL;
  Reader reader = { NULL };
  gboolean ok;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = strlen (text);

  if (length > SIDETONE_ELEMENT_MAX_BYTES)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_TOO_LARGE,
                   "XML of %" G_GSSIZE_FORMAT " bytes, more than %d", length,
                   SIDETONE_ELEMENT_MAX_BYTES);
      return NULL;
    }

  copy = g_strndup (text, length);
  if (!sidetone_xml_check_text (copy, length, error))
    return NULL;

  reader.open = g_ptr_array_new_with_free_func ((GDestroyNotify) frame_free);
  ok = parse_markup (&reader, copy, length, error);
  g_ptr_array_unref (reader.open);

  if (!ok)
    {
      g_clear_pointer (&reader.root, sidetone_element_unref);
      return NULL;
    }

  return reader.root;
}

/**
 * sidetone_element_ref:
 * @self: an element
 *
 * Returns: (transfer full): @self
 */
SidetoneElement *
sidetone_element_ref (SidetoneElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_element_unref:
 * @self: (transfer full): an element
 *
 * Drops a reference, and frees @self with the last one.
 */
void
sidetone_element_unref (SidetoneElement *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  g_clear_pointer (&self->xmlns, g_ref_string_release);
  /* A list of services holds credentials. */
  for (gsize i = 0; self->attributes != NULL && self->attributes[i] != NULL; i++)
    sidetone_secret_free (self->attributes[i]);
  g_free (self->attributes);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

/**
 * sidetone_element_get_name:
 * @self: an element
 *
 * Returns: (transfer none): the name without its prefix
 */
const char *
sidetone_element_get_name (const SidetoneElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * sidetone_element_get_namespace:
 * @self: an element
 *
 * Note that a stanza which libstrophe wrote as text has no namespace where it had `jabber:client`.
 *
 * Returns: (transfer none) (nullable): the namespace, declared here or further out; %NULL if there
 *   is none
 */
const char *
sidetone_element_get_namespace (const SidetoneElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->xmlns;
}

/**
 * sidetone_element_get_attribute:
 * @self: an element
 * @name: the name of an attribute without prefix, or one such as `xml:lang`
 *
 * Returns: (transfer none) (nullable): the value, or %NULL if there is no such attribute
 */
const char *
sidetone_element_get_attribute (const SidetoneElement *self,
                                const char            *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; self->attributes != NULL && self->attributes[i] != NULL; i += 2)
    if (g_str_equal (self->attributes[i], name))
      return self->attributes[i + 1];

  return NULL;
}

/**
 * sidetone_element_get_text:
 * @self: an element
 *
 * Returns: (transfer none): the text directly inside @self, without that of its children, as it was
 *   written with the references resolved; "" if there is none
 */
const char *
sidetone_element_get_text (const SidetoneElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text != NULL ? self->text : "";
}

/**
 * sidetone_element_get_n_children:
 * @self: an element
 *
 * Returns: how many elements are directly inside @self
 */
guint
sidetone_element_get_n_children (const SidetoneElement *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->children != NULL ? self->children->len : 0;
}

/**
 * sidetone_element_get_child:
 * @self: an element
 * @index: from 0 to one less than sidetone_element_get_n_children()
 *
 * Returns: (transfer none): the child
 */
SidetoneElement *
sidetone_element_get_child (const SidetoneElement *self,
                            guint                  index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < sidetone_element_get_n_children (self), NULL);

  return g_ptr_array_index (self->children, index);
}

/**
 * sidetone_element_find_child:
 * @self: an element
 * @name: a name without prefix
 * @xmlns: (nullable): a namespace, %NULL for elements that have none
 *
 * Returns: (transfer none) (nullable): the first child of that name and namespace, or %NULL
 */
SidetoneElement *
sidetone_element_find_child (const SidetoneElement *self,
                             const char            *name,
                             const char            *xmlns)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < sidetone_element_get_n_children (self); i++)
    {
      SidetoneElement *child = g_ptr_array_index (self->children, i);

      if (g_str_equal (child->name, name) && g_strcmp0 (child->xmlns, xmlns) == 0)
        return child;
    }

  return NULL;
}
