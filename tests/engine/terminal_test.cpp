// Whoever looks at an update does not hold it up.

#include "support/terminal.hpp"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

// A document in a file of its own, gone at the end.
class File {
public:
    explicit File(const Json& document) {
        const int file = mkstemp(path_.data());
        REQUIRE(file >= 0);
        close(file);
        std::ofstream(path_) << document;
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { std::remove(path_.c_str()); }

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_ = "/tmp/pivot-terminal-XXXXXX";
};

Json document(const std::string& id, const std::string& version) {
    Json web = container("web");
    web["env"] = {{"VERSION", version}};
    return {{"id", id}, {"containers", {web}}};
}

// Whether the engine has the container of another version alone, and it runs.
bool is_replaced(const std::string& appliance, const std::string& old_id) {
    const auto ids = container_ids(appliance);
    const auto web = ids.find(appliance + ".web.1");
    return ids.size() == 1 && web != ids.end() && web->second != old_id &&
           belongings(appliance)["containers"][appliance + ".web.1"] == "running";
}

// A pipe that takes nothing until it is read.
struct FullPipe {
    std::array<int, 2> ends{};

    FullPipe() {
        REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0);
        REQUIRE(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0);
        const std::array<char, 4096> page{};
        while (write(ends[1], page.data(), page.size()) > 0) {
        }
        REQUIRE(fcntl(ends[1], F_SETFL, 0) == 0);
    }
    FullPipe(const FullPipe&) = delete;
    FullPipe& operator=(const FullPipe&) = delete;
    ~FullPipe() {
        close(ends[0]);
        close(ends[1]);
    }
};

}  // namespace

TEST_CASE("a terminal that is stopped holds up no update, and shows its end when it goes on") {
    const Deployed shop("ctrls");
    REQUIRE(shop.up(document("ctrls", "1")).code == 0);
    const std::string old_id = container_ids("ctrls").at("ctrls.web.1");
    const File file(document("ctrls", "2"));
    OnTerminal up({PIVOT_BINARY, "up", file.path(), "--settle", "1s"});
    up.wait_for("web");  // the live block stands
    up.stop();
    CHECK(eventually([&] { return is_replaced("ctrls", old_id); }));
    up.go_on();
    CHECK(up.wait() == 0);
    CHECK(
        up.written().ends_with("\r\n"
                               "ctrls is running\r\n"
                               "\r\n"
                               "CONTAINER  STATE    INSTANCES  ENDPOINTS\r\n"
                               "web        running  1/1\r\n"));
    CHECK(up.written().find("web   replaced") != std::string::npos);
}

TEST_CASE("a pipe that nobody reads holds up no update") {
    const Deployed shop("fullpipe");
    REQUIRE(shop.up(document("fullpipe", "1")).code == 0);
    const std::string old_id = container_ids("fullpipe").at("fullpipe.web.1");
    const File file(document("fullpipe", "2"));
    const FullPipe pipe;
    Process up({{"/bin/sh", "-c",
                 "exec \"$0\" -v up \"$1\" 2>/proc/" + std::to_string(getpid()) + "/fd/" +
                     std::to_string(pipe.ends[1]),
                 PIVOT_BINARY, file.path()}});
    CHECK(eventually([&] { return is_replaced("fullpipe", old_id); }));
    std::array<char, 1U << 16U> buffer{};
    std::string said;
    while (said.find("replaced web.1\n") == std::string::npos) {
        const ssize_t count = read(pipe.ends[0], buffer.data(), buffer.size());
        REQUIRE(count > 0);
        said.append(buffer.data(), static_cast<std::size_t>(count));
    }
    const Ended ended = up.wait();
    CHECK(ended.code == 0);
    CHECK(ended.out ==
          "fullpipe is running\n"
          "\n"
          "CONTAINER  STATE    INSTANCES  ENDPOINTS\n"
          "web        running  1/1\n");
    CHECK(said.find("POST /containers/create") != std::string::npos);
}

TEST_CASE("what is typed while containers start leaves no stray lines, and is not lost") {
    const Deployed shop("typed");
    const File file(document("typed", "1"));
    OnTerminal up({"/bin/sh", "-c", "\"$0\" up \"$1\" --settle 1s; read line; echo \"read $line\"",
                   PIVOT_BINARY, file.path()});
    up.wait_for("web");
    CHECK_FALSE(up.echoes());
    up.type("hello\n");
    CHECK(up.wait() == 0);
    CHECK(up.written().find("hello") == up.written().rfind("read hello") + 5);
    CHECK(up.written().ends_with("read hello\r\n"));
}

TEST_CASE("an up that is interrupted leaves the terminal as it was") {
    const Deployed shop("ctrlc");
    Json slow = document("ctrlc", "1");
    slow["containers"][0]["health_check"] = {{"command", "false"}};
    const File file(slow);
    OnTerminal up({"/bin/sh", "-c",
                   "trap : INT; \"$0\" up \"$1\"; echo \"ended with $?\"; stty -a | grep -o -- "
                   "'-\\?echo '",
                   PIVOT_BINARY, file.path()});
    up.wait_for("waiting for its command check");
    CHECK_FALSE(up.echoes());
    up.type("\x03");
    CHECK(up.wait() == 0);
    CHECK(up.written().ends_with("ended with 130\r\necho \r\n"));
}
