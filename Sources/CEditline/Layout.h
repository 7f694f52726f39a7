#pragma once

#include <stddef.h>
#include <wchar.h>

/// The screen rows above the place where prompt and text end, on a screen of so many columns.
/// Prompt text between two U+0001 takes no room.
size_t rondo_rows_above(const wchar_t *prompt, const wchar_t *text, size_t count, size_t columns);
