/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/element.h"

#include <expat.h>
#include <string.h>

#include "base/error.h"
#include "base/secret.h"

/**
 * SidetoneElement:
 *
 * An XML element with its attributes, children and text. Immutable and reference-counted;
 * references may be taken and dropped in any thread.
 *
 * The text comes from an untrusted server. expat reads it, because GLib's own parser, GMarkup, is
 * not made for untrusted input. expat checks well-formedness, namespaces and duplicate attributes.
 * The code here narrows that to what RFC 6120 section 11.1 allows in a stream: no comments, no
 * processing instructions, no document types and so no entities but XML's five, no XML declaration.
 * CDATA sections are refused too: libstrophe never writes one. Size and depth are bounded, and each
 * limit has an error of its own.
 */
struct _SidetoneElement
{
  gatomicrefcount ref_count;

  char *name;
  char *xmlns;         /* %NULL for none */
  GStrv attributes;    /* names and values by turns; %NULL for none */
  GPtrArray *children; /* %NULL for none */
  GString *text;       /* %NULL for none */
};

/* Each name in the namespace gets a copy of it, here and in expat, so that a long one would
 * multiply the text. XMPP's have less than 100 bytes. */
#define MAX_NAMESPACE_BYTES 255

/* What expat may allocate for one text, freed blocks included. No text within the other limits
 * needs as much. Without this limit, a tag that declares a long namespace and has thousands of
 * attributes in it makes expat take 160 MB before XML_StopParser() has an effect. */
#define MAX_PARSER_BYTES (4 * 1024 * 1024)

/* expat's separator between a namespace and a name. XML forbids the character, so neither contains
 * it. */
#define SEPARATOR '\1'

G_DEFINE_BOXED_TYPE (SidetoneElement, sidetone_element, sidetone_element_ref,
                     sidetone_element_unref)

typedef struct
{
  XML_Parser parser;
  SidetoneElement *root;
  SidetoneElement *open[SIDETONE_ELEMENT_MAX_DEPTH]; /* elements whose end tags have not come yet */
  guint depth;
  GError *error; /* why we stopped the parser */
} Reader;

/* expat does not tell its allocator which parser it works for. */
static _Thread_local gsize parser_bytes;

static void *
allocate (size_t size)
{
  parser_bytes += size;

  return parser_bytes <= MAX_PARSER_BYTES ? g_malloc (size) : NULL;
}

static void *
reallocate (void  *block,
            size_t size)
{
  parser_bytes += size;

  return parser_bytes <= MAX_PARSER_BYTES ? g_realloc (block, size) : NULL;
}

/* expat may call a few more handlers after this. Those that build the tree check for the error
 * first. */
static void
stop (Reader       *reader,
      SidetoneError code,
      const char   *message)
{
  if (reader->error != NULL)
    return;

  g_set_error_literal (&reader->error, SIDETONE_ERROR, code, message);
  XML_StopParser (reader->parser, XML_FALSE);
}

static SidetoneElement *
create_element (const char  *name,
                const char **attributes)
{
  SidetoneElement *element = g_new0 (SidetoneElement, 1);
  const char *separator = strchr (name, SEPARATOR);

  g_atomic_ref_count_init (&element->ref_count);
  element->name = g_strdup (separator != NULL ? separator + 1 : name);
  if (separator != NULL)
    element->xmlns = g_strndup (name, separator - name);
  /* A text can hold 16,000 elements, and most have no attribute. An attribute with a prefix has its
   * namespace in its name, so that it can't be taken for a plain one. */
  if (attributes[0] != NULL)
    element->attributes = g_strdupv ((char **) attributes);

  return element;
}

static void
start_element_cb (void        *user_data,
                  const char  *name,
                  const char **attributes)
{
  Reader *reader = user_data;
  SidetoneElement *element;
  SidetoneElement *parent;

  if (reader->error != NULL)
    return;

  if (reader->depth == SIDETONE_ELEMENT_MAX_DEPTH)
    {
      stop (reader, SIDETONE_ERROR_TEXT_TOO_DEEP,
            "XML nested deeper than " G_STRINGIFY (SIDETONE_ELEMENT_MAX_DEPTH) " levels");
      return;
    }

  element = create_element (name, attributes);

  if (reader->depth == 0)
    {
      reader->root = element;
    }
  else
    {
      parent = reader->open[reader->depth - 1];
      if (parent->children == NULL)
        parent->children =
          g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_element_unref);
      g_ptr_array_add (parent->children, element);
    }

  reader->open[reader->depth++] = element;
}

static void
end_element_cb (void       *user_data,
                const char *name)
{
  Reader *reader = user_data;

  if (reader->error == NULL)
    reader->depth--;
}

static void
text_cb (void       *user_data,
         const char *text,
         int         length)
{
  Reader *reader = user_data;
  SidetoneElement *element;

  if (reader->error != NULL)
    return;

  element = reader->open[reader->depth - 1];
  if (element->text == NULL)
    element->text = g_string_new (NULL);
  g_string_append_len (element->text, text, length);
}

static void
namespace_cb (void       *user_data,
              const char *prefix,
              const char *xmlns)
{
  if (xmlns != NULL && strlen (xmlns) > MAX_NAMESPACE_BYTES)
    stop (user_data, SIDETONE_ERROR_TEXT_TOO_LARGE,
          "XML with a namespace of more than " G_STRINGIFY (MAX_NAMESPACE_BYTES) " bytes");
}

static void
doctype_cb (void       *user_data,
            const char *name,
            const char *system_id,
            const char *public_id,
            int         has_internal_subset)
{
  stop (user_data, SIDETONE_ERROR_XML_DOCTYPE, "XML with a document type");
}

static void
processing_instruction_cb (void       *user_data,
                           const char *target,
                           const char *data)
{
  stop (user_data, SIDETONE_ERROR_TEXT_MALFORMED, "XML with a processing instruction");
}

static void
comment_cb (void       *user_data,
            const char *text)
{
  stop (user_data, SIDETONE_ERROR_TEXT_MALFORMED, "XML with a comment");
}

static void
cdata_section_cb (void *user_data)
{
  stop (user_data, SIDETONE_ERROR_TEXT_MALFORMED, "XML with a CDATA section");
}

static SidetoneError
error_from_expat (enum XML_Error code)
{
  switch (code)
    {
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
      return SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE;
    case XML_ERROR_UNDEFINED_ENTITY:
      return SIDETONE_ERROR_XML_ENTITY;
    case XML_ERROR_NO_MEMORY:
      return SIDETONE_ERROR_TEXT_TOO_LARGE;
    default:
      return SIDETONE_ERROR_TEXT_MALFORMED;
    }
}

static XML_Parser
create_parser (Reader *reader)
{
  static const XML_Memory_Handling_Suite memory = { allocate, reallocate, g_free };
  static const char separator[] = { SEPARATOR, '\0' };
  XML_Parser parser;

  parser_bytes = 0;
  parser = XML_ParserCreate_MM ("UTF-8", &memory, separator);
  g_assert (parser != NULL);

  XML_SetUserData (parser, reader);
  XML_SetElementHandler (parser, start_element_cb, end_element_cb);
  XML_SetCharacterDataHandler (parser, text_cb);
  XML_SetStartNamespaceDeclHandler (parser, namespace_cb);
  XML_SetStartDoctypeDeclHandler (parser, doctype_cb);
  XML_SetProcessingInstructionHandler (parser, processing_instruction_cb);
  XML_SetCommentHandler (parser, comment_cb);
  XML_SetStartCdataSectionHandler (parser, cdata_section_cb);

  return parser;
}

static void
read_text (Reader     *reader,
           const char *text,
           int         length)
{
  XML_Parser parser = create_parser (reader);

  reader->parser = parser;

  /* Even with UTF-8 set, expat takes bytes that look like UTF-16 for that, and skips a byte order
   * mark, which has no meaning in XMPP (RFC 6120 section 11.6). It checks only the first bytes, so
   * these are a line end, after which an XML declaration is invalid, too. */
  if ((XML_Parse (parser, "\n", 1, XML_FALSE) != XML_STATUS_OK ||
       XML_Parse (parser, text, length, XML_TRUE) != XML_STATUS_OK) && reader->error == NULL)
    {
      enum XML_Error code = XML_GetErrorCode (parser);

      g_set_error (&reader->error, SIDETONE_ERROR, error_from_expat (code), "XML: %s",
                   XML_ErrorString (code));
    }

  XML_ParserFree (parser);
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
 * - %SIDETONE_ERROR_TEXT_TOO_LARGE and %SIDETONE_ERROR_TEXT_TOO_DEEP beyond these limits, and the
 *   former if a namespace has more than 255 bytes;
 * - %SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE if an element has the same attribute twice, by its name
 *   as written or by namespace and local name;
 * - %SIDETONE_ERROR_XML_DOCTYPE for a document type;
 * - %SIDETONE_ERROR_XML_ENTITY for an entity other than `amp`, `lt`, `gt`, `quot` and `apos`;
 * - %SIDETONE_ERROR_TEXT_MALFORMED for everything else, including comments, CDATA, processing
 *   instructions and undeclared prefixes.
 *
 * Returns: (transfer full): the element, or %NULL with @error set
 */
SidetoneElement *
sidetone_element_new_from_text (const char *text,
                                gssize      length,
                                GError    **error)
{
  Reader reader = { NULL };

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

  read_text (&reader, text, length);

  if (reader.error != NULL)
    {
      g_clear_pointer (&reader.root, sidetone_element_unref);
      g_propagate_error (error, reader.error);
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
  g_free (self->xmlns);
  /* An element may hold a service's credentials. */
  for (gsize i = 0; self->attributes != NULL && self->attributes[i] != NULL; i++)
    sidetone_secret_free (self->attributes[i]);
  g_free (self->attributes);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
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
 * A stanza that libstrophe wrote as text has no namespace in place of `jabber:client`.
 *
 * Returns: (transfer none) (nullable): the namespace, declared here or in a parent; %NULL if there
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
 * @name: the name of an attribute that has no prefix
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
 * Returns: (transfer none): the text directly inside @self, without that of its children, with the
 *   references resolved; "" if there is none
 */
const char *
sidetone_element_get_text (const SidetoneElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text != NULL ? self->text->str : "";
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
