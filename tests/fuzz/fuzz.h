/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

/**
 * LLVMFuzzerTestOneInput:
 * @data: bytes of any kind
 * @size: their number
 *
 * A fuzz target, in libFuzzer's form: reads @data as a part of the program does, and aborts if what
 * must always hold does not.
 *
 * Returns: 0
 */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);
