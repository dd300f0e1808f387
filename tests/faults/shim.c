/* Preloaded by support.py: writes that take only a part of what they are given, a wall clock that jumps at each look, and a
   record of which variables of the environment are asked for.

   FAULTS_SHORT_WRITES=N   a write takes N bytes at most
   FAULTS_CLOCK_JUMPS=1    the wall clock is, look by look, right, ten years ahead, a day behind, in 1970, beyond 2038
   FAULTS_NAMES=FILE       the name of each variable that is asked for is a line at the end of the file
*/
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static char* variable(const char* name) {
    static char* (*real)(const char*);
    if (real == NULL) real = dlsym(RTLD_NEXT, "getenv");
    return real(name);
}

char* getenv(const char* name) {
    const char* const record = variable("FAULTS_NAMES");
    const int file = record == NULL ? -1 : open(record, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (file >= 0) {
        syscall(SYS_write, file, name, strlen(name));
        syscall(SYS_write, file, "\n", 1);
        close(file);
    }
    return variable(name);
}

char* secure_getenv(const char* name) { return getenv(name); }

static size_t shortened(size_t size) {
    const char* const most = variable("FAULTS_SHORT_WRITES");
    const size_t limit = most == NULL ? size : strtoul(most, NULL, 10);
    return size < limit ? size : limit;
}

ssize_t write(int fd, const void* data, size_t size) {
    static ssize_t (*real)(int, const void*, size_t);
    if (real == NULL) real = dlsym(RTLD_NEXT, "write");
    return real(fd, data, shortened(size));
}

ssize_t writev(int fd, const struct iovec* parts, int count) {
    for (; count > 1 && parts->iov_len == 0; --count) ++parts;
    return write(fd, parts->iov_base, parts->iov_len);
}

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
    static ssize_t (*real)(int, const void*, size_t, off64_t);
    if (real == NULL) real = dlsym(RTLD_NEXT, "pwrite64");
    return real(fd, data, shortened(size), at);
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

static time_t jump(time_t now) {
    static atomic_uint looks;
    if (variable("FAULTS_CLOCK_JUMPS") == NULL) return now;
    const time_t day = 86400;
    const time_t shown[] = {now, now + 3652 * day, now - day, 10, 2147483648 + day};
    return shown[atomic_fetch_add(&looks, 1) % (sizeof shown / sizeof *shown)];
}

int clock_gettime(clockid_t clock, struct timespec* now) {
    static int (*real)(clockid_t, struct timespec*);
    if (real == NULL) real = dlsym(RTLD_NEXT, "clock_gettime");
    const int result = real(clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec = jump(now->tv_sec);
    return result;
}

int gettimeofday(struct timeval* restrict now, void* restrict zone) {
    struct timespec exact;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &exact) != 0) return -1;
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t* now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now != NULL) *now = exact.tv_sec;
    return exact.tv_sec;
}
