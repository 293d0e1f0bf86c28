#ifndef STSWATCH_CCURSES_SHIM_H
#define STSWATCH_CCURSES_SHIM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
// The system first: term.h defines everyday words (lines, columns, bell) as macros.
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <wchar.h>

#include <ncurses.h>
#include <term.h>

// Global variables and function-like macros do not import into Swift.
static inline WINDOW *stswatch_stdscr(void) { return stdscr; }
static inline WINDOW *stswatch_curscr(void) { return curscr; }

static inline attr_t stswatch_bold(void) { return A_BOLD; }
static inline attr_t stswatch_dim(void) { return A_DIM; }
static inline attr_t stswatch_reverse(void) { return A_REVERSE; }
static inline attr_t stswatch_underline(void) { return A_UNDERLINE; }
static inline attr_t stswatch_italic(void) { return A_ITALIC; }

static inline mmask_t stswatch_mouse_all(void) { return ALL_MOUSE_EVENTS; }
static inline mmask_t stswatch_left_pressed(void) { return BUTTON1_PRESSED | BUTTON1_CLICKED; }
static inline mmask_t stswatch_left_released(void) { return BUTTON1_RELEASED; }
static inline mmask_t stswatch_left_double(void) { return BUTTON1_DOUBLE_CLICKED; }
static inline mmask_t stswatch_right_pressed(void) { return BUTTON3_PRESSED | BUTTON3_CLICKED; }
static inline mmask_t stswatch_wheel_up(void) { return BUTTON4_PRESSED; }
static inline mmask_t stswatch_wheel_down(void) { return BUTTON5_PRESSED; }

// <wchar.h> hides it without X/Open definitions, and Swift reads that header without them.
extern int wcwidth(wchar_t character);
static inline int stswatch_wcwidth(wchar_t character) { return wcwidth(character); }

// The terminal's rows and columns; -1 where `fd` is no terminal.
static inline int stswatch_window_size(int fd, int *height, int *width) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
    *height = size.ws_row;
    *width = size.ws_col;
    return 0;
}

#endif
