// What the engine of a page does without: its scenario is one text, whose ids were compared and whose tables were read
// before it was put into the page.
#include <csv.h>
#include <utf8proc.h>

extern "C" {

int csv_init(csv_parser*, unsigned char) { return -1; }
void csv_set_delim(csv_parser*, unsigned char) {}
size_t csv_parse(csv_parser*, const void*, size_t, void (*)(void*, size_t, void*), void (*)(int, void*), void*) {
    return 0;
}
int csv_fini(csv_parser*, void (*)(void*, size_t, void*), void (*)(int, void*), void*) { return -1; }
void csv_free(csv_parser*) {}
int csv_error(csv_parser*) { return CSV_EPARSE; }

utf8proc_ssize_t utf8proc_map(const utf8proc_uint8_t*, utf8proc_ssize_t, utf8proc_uint8_t**, utf8proc_option_t) {
    return UTF8PROC_ERROR_INVALIDOPTS;
}
}
