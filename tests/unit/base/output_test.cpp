#include "base/output.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "catch.hpp"

using base::Output;

namespace {

// Two ends of something; closed when this goes.
struct Ends {
    int reader = -1;
    int writer = -1;

    Ends() = default;
    Ends(const Ends&) = delete;
    Ends& operator=(const Ends&) = delete;
    ~Ends() {
        close_reader();
        close(writer);
    }
    void close_reader() {
        if (reader >= 0) {
            close(reader);
        }
        reader = -1;
    }
};

struct Pipe : Ends {
    Pipe() {
        std::array<int, 2> ends{};
        REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0);
        reader = ends[0];
        writer = ends[1];
    }
};

struct Terminal : Ends {
    Terminal() {
        REQUIRE(openpty(&reader, &writer, nullptr, nullptr, nullptr) == 0);
        termios mode{};
        tcgetattr(writer, &mode);
        cfmakeraw(&mode);
        mode.c_iflag |= IXON;
        tcsetattr(writer, TCSANOW, &mode);
    }
};

struct Sockets : Ends {
    Sockets() {
        std::array<int, 2> ends{};
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
        reader = ends[0];
        writer = ends[1];
    }
};

std::string read_some(int descriptor) {
    std::string text(1U << 16U, '\0');
    const ssize_t count = read(descriptor, text.data(), text.size());
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
}

// Reads until the output has sent all, and `bytes` more have come.
std::string read_all(Output& output, int descriptor, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) {
        text += read_some(descriptor);
        output.send_some();
    }
    return text;
}

std::string numbered_lines(int from, int to) {
    std::string text;
    for (int i = from; i < to; ++i) {
        text += "line " + std::to_string(i) + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("what a pipe does not take is kept and sent in its order") {
    Pipe pipe;
    Output output(pipe.writer);
    std::string written;
    for (int i = 0; i < 40000; ++i) {
        const std::string line = "line " + std::to_string(i) + "\n";
        output.write(line);
        written += line;
    }
    CHECK(output.wants_to_write());
    CHECK(read_all(output, pipe.reader, written.size()) == written);
    CHECK_FALSE(output.wants_to_write());
}

TEST_CASE("a stopped terminal holds nothing up, and gets it all when it goes on") {
    Terminal terminal;
    Output output(terminal.writer);
    output.write("before\n");
    CHECK(read_some(terminal.reader) == "before\n");
    REQUIRE(tcflow(terminal.writer, TCOOFF) == 0);
    output.write("one\n");
    output.write("two\n");
    CHECK(output.wants_to_write());
    REQUIRE(tcflow(terminal.writer, TCOON) == 0);
    output.send_some();
    CHECK_FALSE(output.wants_to_write());
    CHECK(read_some(terminal.reader) == "one\ntwo\n");
}

TEST_CASE("what is kept is sent while the writer waits for other things") {
    Terminal terminal;
    base::Reactor reactor;
    Output output(terminal.writer);
    output.send_while_waiting(reactor);
    REQUIRE(tcflow(terminal.writer, TCOOFF) == 0);
    output.write("one\n");
    reactor.run_once(base::Reactor::Clock::now());
    CHECK(output.wants_to_write());
    REQUIRE(tcflow(terminal.writer, TCOON) == 0);
    const auto deadline = base::Reactor::Clock::now() + std::chrono::minutes(1);
    while (output.wants_to_write() && base::Reactor::Clock::now() < deadline) {
        reactor.run_once(deadline);
    }
    CHECK(read_some(terminal.reader) == "one\n");
}

TEST_CASE("the mode of a description that others share stays as it is") {
    Pipe pipe;
    Output output(pipe.writer);
    output.write("x");
    CHECK((fcntl(pipe.writer, F_GETFL) & O_NONBLOCK) == 0);
    CHECK(output.descriptor() != pipe.writer);
}

TEST_CASE("a socket that nobody reads holds nothing up") {
    Sockets sockets;
    Output output(sockets.writer);
    const std::string text = numbered_lines(0, 50000);
    output.write(text);
    CHECK(output.wants_to_write());
    CHECK(read_all(output, sockets.reader, text.size()) == text);
}

TEST_CASE("what cannot be opened once more holds nothing up either") {
    if (geteuid() != 0) {
        WARN("skipped: only root can give up the right to open its pipe");
        return;
    }
    Pipe pipe;
    Pipe told;
    const std::string text = numbered_lines(0, 50000);
    const pid_t child = fork();
    if (child == 0) {
        constexpr uid_t nobody = 65534;
        Output output(pipe.writer);
        if (setuid(nobody) != 0) {
            _exit(2);
        }
        output.write(text);
        const bool is_kept = output.wants_to_write() && output.descriptor() == pipe.writer;
        const bool is_told = write(told.writer, "x", 1) == 1;
        output.finish();
        _exit(is_kept && is_told ? 0 : 1);
    }
    pollfd has_told{told.reader, POLLIN, 0};
    REQUIRE(poll(&has_told, 1, 60'000) == 1);  // before anything is read
    std::string read;
    while (read.size() < text.size()) {
        read += read_some(pipe.reader);
    }
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(read == text);
}

TEST_CASE("a file is written as it is") {
    const int file = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    REQUIRE(file >= 0);
    REQUIRE(write(file, "head\n", 5) == 5);
    Output output(file);
    output.write("one\n");
    CHECK(output.descriptor() == file);
    CHECK_FALSE(output.wants_to_write());
    REQUIRE(write(file, "tail\n", 5) == 5);
    lseek(file, 0, SEEK_SET);
    CHECK(read_some(file) == "head\none\ntail\n");
    close(file);
}

TEST_CASE("what is too much for the buffer is left out, and its lines are counted in its place") {
    Pipe pipe;
    Output output(pipe.writer);
    const std::string most(Output::most_kept - 1, 'x');
    output.write(most + "\n");  // the pipe takes the first part of it
    output.write(most + "\n");
    output.write(most + "\n");
    std::string text = read_all(output, pipe.reader, most.size() + 1);
    output.write("the end\n");
    const std::string tail =
        "(2 lines were left out here because nobody read them)\n"
        "the end\n";
    text += read_all(output, pipe.reader, tail.size());
    CHECK(text == most + "\n" + tail);
}

TEST_CASE("for a reader who has gone away nothing is kept") {
    std::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    Output output(pipe.writer);
    pipe.close_reader();
    output.write("one\n");
    CHECK_FALSE(output.wants_to_write());
    output.finish();
}

TEST_CASE("the end waits for a slow reader") {
    Pipe pipe;
    const std::string text = numbered_lines(0, 50000);
    const pid_t child = fork();
    if (child == 0) {
        Output output(pipe.writer);
        output.write(text);
        output.finish();
        _exit(output.wants_to_write() ? 1 : 0);
    }
    std::string read;
    while (read.size() < text.size()) {
        read += read_some(pipe.reader);
    }
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK(read == text);
}

TEST_CASE("a blocked signal ends a process that waits for its reader") {
    Pipe pipe;
    const pid_t child = fork();
    if (child == 0) {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigprocmask(SIG_BLOCK, &set, nullptr);
        std::signal(SIGTERM, SIG_DFL);
        (void)base::write_all(pipe.writer, numbered_lines(0, 50000));
        _exit(0);
    }
    CHECK(read_some(pipe.reader).starts_with("line 0\n"));  // by then it has blocked the signal
    REQUIRE(kill(child, SIGTERM) == 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGTERM);
}
