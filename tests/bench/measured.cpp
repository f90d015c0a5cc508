// Runs a command and says what it cost: the stopwatch of scripts/bench.
//
//   bench-measured OUT COMMAND [ARGUMENT...]
//
// Standard output and error of the command go to the file OUT. Prints: its exit code, the time that
// passed in microseconds, its processor time in microseconds, and its peak memory in KiB.
//
// A program of its own because the kernel counts what the parent of a new process holds into the
// peak of the child: this parent holds next to nothing.

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char** environ;

namespace {

long long microseconds(const timespec& time) {
    return time.tv_sec * 1'000'000LL + time.tv_nsec / 1000;
}

long long microseconds(const timeval& time) { return time.tv_sec * 1'000'000LL + time.tv_usec; }

long long now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return microseconds(time);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: bench-measured OUT COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_adddup2(&files, 1, 2);

    const long long begin = now();
    pid_t child = 0;
    if (const int error = posix_spawnp(&child, argv[2], &files, nullptr, argv + 2, environ)) {
        errno = error;
        std::perror(argv[2]);
        return 2;
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    const long long end = now();
    std::printf("%d %lld %lld %ld\n",
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), end - begin,
                microseconds(usage.ru_utime) + microseconds(usage.ru_stime), usage.ru_maxrss);
    return 0;
}
