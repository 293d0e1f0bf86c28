#ifndef STSWATCH_CCURSES_SHIM_H
#define STSWATCH_CCURSES_SHIM_H
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <term.h>
#endif
