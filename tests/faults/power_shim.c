/* Writes down what a process does to the files below FAULTS_FOLDER, for tests/faults/power.py.
 * Each entry: one letter, two 64-bit numbers, two lengths, then the path and the data (or the second path).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int log_fd = -1;
static char folder[PATH_MAX];
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("FAULTS_LOG"), *below = getenv("FAULTS_FOLDER");
    if (!log || !below) return;
    snprintf(folder, sizeof folder, "%s/", below);
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
    log_fd = real(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static void note(char what, uint64_t place, uint64_t inode, const char *path, const void *data, uint64_t length) {
    struct { char what; char pad[7]; uint64_t place, inode; uint64_t path_length, length; } head =
        {what, {0}, place, inode, strlen(path), data ? length : 0};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)path, head.path_length}, {(void *)data, head.length}};
    ssize_t (*real)(int, const struct iovec *, int) = dlsym(RTLD_NEXT, "writev");
    real(log_fd, parts, 3);
}

/* The path behind a descriptor when it is one of ours. */
static int ours(int fd, char *path, uint64_t *inode) {
    char link[64];
    struct stat status;
    if (log_fd < 0 || fd == log_fd) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) && strncmp(path, folder, strlen(folder) - 1)) return 0;
    if (fstat(fd, &status)) return 0;
    *inode = status.st_ino;
    return 1;
}

static int is_below(const char *path) { return log_fd >= 0 && !strncmp(path, folder, strlen(folder)); }

static uint64_t inode_of(const char *path) {
    struct stat status;
    return lstat(path, &status) ? 0 : status.st_ino;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name); \
    char path[PATH_MAX]; uint64_t inode = 0; (void)path; (void)inode;
#define LOCKED(call) pthread_mutex_lock(&turn); call; pthread_mutex_unlock(&turn);

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t place) {
    REAL(pwrite64)
    ssize_t done;
    LOCKED(done = real(fd, data, length, place); if (done > 0 && ours(fd, path, &inode)) note('W', place, inode, path, data, done))
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t place) { return pwrite64(fd, data, length, place); }
ssize_t write(int fd, const void *data, size_t length) {
    REAL(write)
    ssize_t done;
    off_t place = ours(fd, path, &inode) ? lseek(fd, 0, SEEK_CUR) : -1;
    LOCKED(done = real(fd, data, length); if (done > 0 && place >= 0) {
        if (fcntl(fd, F_GETFL) & O_APPEND) place = lseek(fd, 0, SEEK_CUR) - done;
        note('W', place, inode, path, data, done); })
    return done;
}
int ftruncate64(int fd, off64_t length) {
    REAL(ftruncate64)
    int done;
    LOCKED(done = real(fd, length); if (!done && ours(fd, path, &inode)) note('T', length, inode, path, 0, 0))
    return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
int fsync(int fd) {
    REAL(fsync)
    int done;
    LOCKED(done = real(fd); if (!done && ours(fd, path, &inode)) note('S', 0, inode, path, 0, 0))
    return done;
}
int fdatasync(int fd) {
    REAL(fdatasync)
    int done;
    LOCKED(done = real(fd); if (!done && ours(fd, path, &inode)) note('S', 0, inode, path, 0, 0))
    return done;
}
static int opened(int fd, int flags) {
    char path[PATH_MAX];
    uint64_t inode;
    if (fd >= 0 && (flags & O_CREAT) && ours(fd, path, &inode)) note('C', 0, inode, path, 0, 0);
    if (fd >= 0 && (flags & O_TRUNC) && ours(fd, path, &inode)) note('T', 0, inode, path, 0, 0);
    return fd;
}
int open64(const char *name, int flags, ...) {
    static int (*real)(const char *, int, ...);
    if (!real) real = dlsym(RTLD_NEXT, "open64");
    __builtin_va_list rest; __builtin_va_start(rest, flags);
    int mode = __builtin_va_arg(rest, int), fd;
    LOCKED(fd = opened(real(name, flags, mode), flags))
    return fd;
}
int open(const char *name, int flags, ...) {
    __builtin_va_list rest; __builtin_va_start(rest, flags);
    return open64(name, flags, __builtin_va_arg(rest, int));
}
int rename(const char *from, const char *to) {
    REAL(rename)
    int done;
    LOCKED(inode = inode_of(from); done = real(from, to); if (!done && is_below(to)) note('R', 0, inode, from, to, strlen(to)))
    return done;
}
int link(const char *from, const char *to) {
    REAL(link)
    int done;
    LOCKED(done = real(from, to); if (!done && is_below(to)) note('L', 0, inode_of(to), from, to, strlen(to)))
    return done;
}
int linkat(int a, const char *from, int b, const char *to, int flags) {
    REAL(linkat)
    int done;
    LOCKED(done = real(a, from, b, to, flags); if (!done && is_below(to)) note('L', 0, inode_of(to), from, to, strlen(to)))
    return done;
}
int unlink(const char *name) {
    REAL(unlink)
    int done;
    LOCKED(done = real(name); if (!done && is_below(name)) note('U', 0, 0, name, 0, 0))
    return done;
}
int mkdir(const char *name, mode_t mode) {
    REAL(mkdir)
    int done;
    LOCKED(done = real(name, mode); if (!done && is_below(name)) note('D', 0, 0, name, 0, 0))
    return done;
}
