#include "CEditline.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;  // the reader has left: nothing more to do
        bytes += written;
        count -= (size_t)written;
    }
}

static int spawn_shell(const char *command, const int channel[2], pid_t *child) {
    char *arguments[] = {"sh", "-c", (char *)command, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t usual;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, channel[0], STDIN_FILENO);
    posix_spawnattr_init(&attributes);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGINT);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int failure = posix_spawn(child, "/bin/sh", &files, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

int rondo_command_feed(const char *command, const char *bytes, size_t count) {
    int channel[2];
    if (pipe(channel) != 0) return -1;
    fcntl(channel[0], F_SETFD, FD_CLOEXEC);
    fcntl(channel[1], F_SETFD, FD_CLOEXEC);

    struct sigaction ignore = {0}, pipe_before, interrupt_before;
    ignore.sa_handler = SIG_IGN;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, &pipe_before);
    sigaction(SIGINT, &ignore, &interrupt_before);

    pid_t child = -1;
    int status = -1;
    int failure = spawn_shell(command, channel, &child);
    close(channel[0]);
    if (!failure) write_all(channel[1], bytes, count);
    close(channel[1]);
    if (!failure) {
        pid_t waited;
        do waited = waitpid(child, &status, 0);
        while (waited < 0 && errno == EINTR);
        if (waited < 0) status = -1;
        else status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    sigaction(SIGPIPE, &pipe_before, NULL);
    sigaction(SIGINT, &interrupt_before, NULL);
    return status;
}
