# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""When something appears on an X server, by the X server itself: the same for every program.

    with Watch(':1') as watch:
        watch.wait_for_nothing(limit=30)
        start a program
        moment = watch.wait_for_picture(limit=30)

A window has appeared when a large part of the screen was drawn with many colours, as text has; a
window manager's background has few. The watcher sleeps, and takes no time from the program.
"""

import ctypes
import select
import time

RAW_RECTANGLES = 0
Z_PIXMAP = 2
ALL_PLANES = 0xffffffff
WIDTH, HEIGHT = 200, 150
COLOURS = 16
EVENT_SIZE = 192


class Rectangle(ctypes.Structure):
    _fields_ = [('x', ctypes.c_short), ('y', ctypes.c_short),
                ('width', ctypes.c_ushort), ('height', ctypes.c_ushort)]


class DamageEvent(ctypes.Structure):
    _fields_ = [('kind', ctypes.c_int), ('serial', ctypes.c_ulong), ('sent', ctypes.c_int),
                ('display', ctypes.c_void_p), ('drawable', ctypes.c_ulong),
                ('damage', ctypes.c_ulong), ('level', ctypes.c_int), ('more', ctypes.c_int),
                ('time', ctypes.c_ulong), ('area', Rectangle), ('geometry', Rectangle)]


class Image(ctypes.Structure):
    """The beginning of an XImage."""

    _fields_ = [('width', ctypes.c_int), ('height', ctypes.c_int), ('xoffset', ctypes.c_int),
                ('format', ctypes.c_int), ('data', ctypes.c_void_p)]


def load(name, **results):
    library = ctypes.CDLL(name)
    for function, result in results.items():
        getattr(library, function).restype = result
    return library


class Watch:
    """Everything that is drawn on a screen from now on."""

    def __init__(self, display):
        self._x = load('libX11.so.6', XOpenDisplay=ctypes.c_void_p, XGetImage=ctypes.c_void_p,
                       XDefaultRootWindow=ctypes.c_ulong)
        damage = load('libXdamage.so.1', XDamageCreate=ctypes.c_ulong)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        if not self._display:
            raise OSError('no display ' + display)
        first, errors = ctypes.c_int(), ctypes.c_int()
        if not damage.XDamageQueryExtension(self._display, ctypes.byref(first),
                                            ctypes.byref(errors)):
            raise OSError('the X server does not tell what is drawn')
        self._kind = first.value
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._size = (self._x.XDisplayWidth(self._display, 0),
                      self._x.XDisplayHeight(self._display, 0))
        damage.XDamageCreate(self._display, self._root, RAW_RECTANGLES)
        self._x.XSync(self._display, False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._x.XCloseDisplay(self._display)

    def _next_areas(self, end):
        """Wait for something to be drawn; return its area, and when."""
        if not self._x.XPending(self._display):
            left = max(0.0, end - time.monotonic())
            if not select.select([self._x.XConnectionNumber(self._display)], [], [], left)[0]:
                raise TimeoutError('nothing shows')
        moment = time.monotonic()
        areas = []
        event = ctypes.create_string_buffer(EVENT_SIZE)
        while self._x.XPending(self._display):
            self._x.XNextEvent(self._display, event)
            told = DamageEvent.from_buffer(event)
            if told.kind == self._kind:
                areas.append((told.area.x, told.area.y, told.area.width, told.area.height))
        return moment, areas

    def _count_colours(self, x, y, width, height):
        image = self._x.XGetImage(self._display, self._root, x, y, width, height,
                                  ctypes.c_ulong(ALL_PLANES), Z_PIXMAP)
        if not image:
            return 0
        pixels = ctypes.string_at(Image.from_address(image).data, width * height * 4)
        self._x.XDestroyImage(ctypes.c_void_p(image))
        return len(set(memoryview(pixels).cast('I')))

    def wait_for_nothing(self, limit):
        """Until everything has gone from the screen."""
        end = time.monotonic() + limit
        while self._count_colours(0, 0, *self._size) >= COLOURS:
            if time.monotonic() > end:
                raise TimeoutError('the screen is not empty')
            time.sleep(0.05)

    def wait_for_picture(self, limit):
        """The moment at which a window appears, on the monotonic clock."""
        end = time.monotonic() + limit
        while True:
            moment, areas = self._next_areas(end)
            for area in areas:
                if area[2] >= WIDTH and area[3] >= HEIGHT and \
                        self._count_colours(*area) >= COLOURS:
                    return moment
