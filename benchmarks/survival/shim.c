/* SPDX-License-Identifier: Apache-2.0
 *
 * Stands between a process and the C library, and counts what is asked of the files below one
 * folder. At one call it ends the process by SIGKILL, or has the call fail.
 *
 *   survival_arm(folder, kinds, at, does, lasting)  count calls of these kinds from now on; at the
 *       call `at` (1 for the first) do: 0 nothing, -1 the end, else fail with that errno.
 *       `lasting`: all later calls that need room fail too.
 *   survival_count()   how many calls were counted since
 *   survival_fired()   1 once the call has come
 *
 * A write that ends the process has put half of its bytes before. While ENOSPC is told, the disk
 * also says that nothing is free. Loaded by LD_PRELOAD; not armed, it does nothing.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, RENAME = 4, REMOVE = 8, SHORTEN = 16, OPEN = 32, READ = 64 };
#define NEEDS_ROOM (WRITE | OPEN | SYNC)

static char below[4096];
static size_t below_length;
static int wanted, fatal, doing, for_good;
static atomic_int counted, fired;

void survival_arm(const char *folder, int kinds, int at, int does, int lasting) {
    snprintf(below, sizeof below, "%s", folder);
    below_length = strlen(below);
    fatal = at, doing = does, for_good = lasting;
    counted = 0;
    fired = 0;
    wanted = kinds;
}
int survival_count(void) { return counted; }
int survival_fired(void) { return fired; }

static void end(void) {
    kill(getpid(), SIGKILL);
    pause();
}

/* 1 where the call is the one: `half` bytes of a write are put first. Else 0, or -1 to fail. */
static int comes(int kind, const char *path) {
    if (!(wanted & kind) || path == NULL) return 0;
    char whole[4096];
    if (path[0] != '/') {
        char here[2048];
        if (getcwd(here, sizeof here) == NULL) return 0;
        snprintf(whole, sizeof whole, "%s/%s", here, path);
        path = whole;
    }
    if (strncmp(path, below, below_length) != 0) return 0;
    int number = ++counted;
    if (fired && for_good && doing > 0 && (kind & NEEDS_ROOM)) return -1;
    if (number != fatal || doing == 0) return 0;
    fired = 1;
    return doing < 0 ? 1 : -1;
}

static int comes_to(int kind, int number) {
    if (!(wanted & kind)) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", number);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return comes(kind, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL do { errno = doing; return -1; } while (0)
#define BEFORE(came) do { int it = came; if (it > 0) end(); if (it < 0) FAIL; } while (0)

ssize_t write(int number, const void *bytes, size_t count) {
    int it = comes_to(WRITE, number);
    if (it < 0) FAIL;
    if (it > 0) { REAL(write)(number, bytes, count / 2); end(); }
    return REAL(write)(number, bytes, count);
}
ssize_t pwrite(int number, const void *bytes, size_t count, off_t at) {
    int it = comes_to(WRITE, number);
    if (it < 0) FAIL;
    if (it > 0) { REAL(pwrite)(number, bytes, count / 2, at); end(); }
    return REAL(pwrite)(number, bytes, count, at);
}
ssize_t pwrite64(int number, const void *bytes, size_t count, off64_t at) {
    int it = comes_to(WRITE, number);
    if (it < 0) FAIL;
    if (it > 0) { REAL(pwrite64)(number, bytes, count / 2, at); end(); }
    return REAL(pwrite64)(number, bytes, count, at);
}
ssize_t writev(int number, const struct iovec *parts, int count) {
    BEFORE(comes_to(WRITE, number));
    return REAL(writev)(number, parts, count);
}
ssize_t sendfile(int out, int in, off_t *at, size_t count) {
    BEFORE(comes_to(WRITE, out));
    return REAL(sendfile)(out, in, at, count);
}
ssize_t sendfile64(int out, int in, off64_t *at, size_t count) {
    BEFORE(comes_to(WRITE, out));
    return REAL(sendfile64)(out, in, at, count);
}
ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *at, size_t count, unsigned how) {
    BEFORE(comes_to(WRITE, out));
    return REAL(copy_file_range)(in, in_at, out, at, count, how);
}
int fsync(int number) { BEFORE(comes_to(SYNC, number)); return REAL(fsync)(number); }
int fdatasync(int number) { BEFORE(comes_to(SYNC, number)); return REAL(fdatasync)(number); }
int ftruncate(int number, off_t length) {
    BEFORE(comes_to(SHORTEN, number));
    return REAL(ftruncate)(number, length);
}
int ftruncate64(int number, off64_t length) {
    BEFORE(comes_to(SHORTEN, number));
    return REAL(ftruncate64)(number, length);
}
int rename(const char *from, const char *to) {
    BEFORE(comes(RENAME, to));
    return REAL(rename)(from, to);
}
int renameat(int from_in, const char *from, int to_in, const char *to) {
    BEFORE(comes(RENAME, to));
    return REAL(renameat)(from_in, from, to_in, to);
}
int link(const char *from, const char *to) { BEFORE(comes(RENAME, to)); return REAL(link)(from, to); }
int unlink(const char *path) { BEFORE(comes(REMOVE, path)); return REAL(unlink)(path); }
int unlinkat(int in, const char *path, int how) {
    BEFORE(in == AT_FDCWD ? comes(REMOVE, path) : 0);
    return REAL(unlinkat)(in, path, how);
}
int rmdir(const char *path) { BEFORE(comes(REMOVE, path)); return REAL(rmdir)(path); }
int mkdir(const char *path, mode_t mode) { BEFORE(comes(OPEN, path)); return REAL(mkdir)(path, mode); }

#define WRITES(how) (((how) & O_ACCMODE) != O_RDONLY || ((how) & O_CREAT))
#define MODE(how) \
    mode_t mode = 0; \
    if ((how) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; va_start(rest, how); mode = va_arg(rest, mode_t); va_end(rest); \
    }
int open(const char *path, int how, ...) {
    MODE(how);
    BEFORE(WRITES(how) ? comes(OPEN, path) : 0);
    return REAL(open)(path, how, mode);
}
int open64(const char *path, int how, ...) {
    MODE(how);
    BEFORE(WRITES(how) ? comes(OPEN, path) : 0);
    return REAL(open64)(path, how, mode);
}
int openat(int in, const char *path, int how, ...) {
    MODE(how);
    BEFORE(WRITES(how) && in == AT_FDCWD ? comes(OPEN, path) : 0);
    return REAL(openat)(in, path, how, mode);
}
int openat64(int in, const char *path, int how, ...) {
    MODE(how);
    BEFORE(WRITES(how) && in == AT_FDCWD ? comes(OPEN, path) : 0);
    return REAL(openat64)(in, path, how, mode);
}
ssize_t read(int number, void *into, size_t count) {
    BEFORE(comes_to(READ, number));
    return REAL(read)(number, into, count);
}
ssize_t pread64(int number, void *into, size_t count, off64_t at) {
    BEFORE(comes_to(READ, number));
    return REAL(pread64)(number, into, count, at);
}

static int no_room(void) { return fired && doing == ENOSPC; }
int statvfs(const char *path, struct statvfs *found) {
    int answer = REAL(statvfs)(path, found);
    if (no_room()) found->f_bavail = found->f_bfree = 0;
    return answer;
}
int statvfs64(const char *path, struct statvfs64 *found) {
    int answer = REAL(statvfs64)(path, found);
    if (no_room()) found->f_bavail = found->f_bfree = 0;
    return answer;
}
