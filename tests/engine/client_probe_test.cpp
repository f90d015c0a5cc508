#include <fcntl.h>
#include <filesystem>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "real_client.hpp"

namespace {

using http::ProbeFailure;
using http::ProbeTarget;
using http::Ready;
using Kind = ProbeTarget::Kind;
using namespace std::chrono_literals;

http::ProbeResult probe(RealClient& client, const ProbeTarget& target) {
    std::optional<http::ProbeResult> result;
    client.probe(target, [&](http::ProbeResult got) { result = std::move(got); });
    REQUIRE(eventually(client, [&] { return result.has_value(); }));
    return *result;
}

std::optional<ProbeFailure::Kind> failure(RealClient& client, const ProbeTarget& target) {
    const auto result = probe(client, target);
    return result ? std::nullopt : std::optional(result.error().kind);
}

void run(RealClient& client, const std::string& id, const std::string& script) {
    const auto exec = must(client.get(engine::api::create_exec(id, {"sh", "-c", script})));
    must(client.get(engine::api::start_exec(exec, 20s)));
}

// A container on a network of its own with a published port, whose program listens on port 80 once
// it is told to.
struct Sleeper {
    explicit Sleeper(RealClient& client)
        : network(must(client.get(engine::api::create_network({"pivot-client", ours})))) {
        auto wanted = shell("pivot-client.probed", R"(
            until test -e /listen; do sleep 0.05; done
            while :; do nc -l -p 80 -e sh /answer; done)");
        wanted.network_mode = network;
        wanted.ports = {{80, "tcp", "127.0.0.1", 0}};
        id = started(client, wanted);
        const auto container = listed(client, id);
        address = container.addresses.at(network);
        published = container.ports.at(0).host_port;
    }
    // From now on every connection is answered so.
    void answer(RealClient& client, const std::string& script) const {
        run(client, id, "cat > /answer <<'E'\n" + script + "\nE\ntouch /listen");
    }
    std::string network;
    std::string id;
    std::string address;
    std::uint16_t published = 0;
};

// A program of this machine that ends with the test.
class Program {
public:
    explicit Program(std::vector<std::string> words) {
        std::vector<char*> arguments;
        for (auto& word : words) {
            arguments.push_back(word.data());
        }
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t quiet;
        posix_spawn_file_actions_init(&quiet);
        for (const int descriptor : {1, 2}) {
            posix_spawn_file_actions_addopen(&quiet, descriptor, "/dev/null", O_WRONLY, 0);
        }
        ok_ = posix_spawnp(&pid_, arguments[0], &quiet, nullptr, arguments.data(), environ) == 0;
        posix_spawn_file_actions_destroy(&quiet);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() {
        if (ok_) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
    }
    [[nodiscard]] bool succeeded() {  // when it has ended
        int status = 0;
        const bool ended = ok_ && waitpid(pid_, &status, 0) == pid_;
        ok_ = false;
        return ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    pid_t pid_ = 0;
    bool ok_ = false;
};

}  // namespace

TEST_CASE("a program that does not listen yet is not ready, at its address or behind its port") {
    auto client = connect();
    const Cleanup cleanup(client);
    const Sleeper sleeper(client);
    for (const auto kind : {Kind::tcp, Kind::http}) {
        CHECK(failure(client, {kind, sleeper.address, 80}) == ProbeFailure::Kind::refused);
        CHECK(failure(client, {kind, "127.0.0.1", sleeper.published}) ==
              ProbeFailure::Kind::closed);
    }
    CHECK(failure(client, {Kind::tcp, "127.0.0.1", 1}) == ProbeFailure::Kind::refused);

    sleeper.answer(client, "sleep 1");
    const auto becomes_ready = [&](const ProbeTarget& target) {
        return eventually(client, [&] { return probe(client, target) == Ready{}; });
    };
    CHECK(becomes_ready({Kind::tcp, sleeper.address, 80}));
    CHECK(becomes_ready({Kind::tcp, "127.0.0.1", sleeper.published}));
}

TEST_CASE("a program is ready when its status is good, and a redirect is") {
    auto client = connect();
    const Cleanup cleanup(client);
    const Sleeper sleeper(client);
    const auto answers = [&](const std::string& status) {
        sleeper.answer(client, "read line; printf 'HTTP/1.1 " + status +
                                   "\\r\\nLocation: http://192.0.2.1/\\r\\n"
                                   "Content-Length: 0\\r\\n\\r\\n'");
        http::ProbeResult result;
        // nc takes one connection and begins again.
        REQUIRE(eventually(client, [&] {
            result = probe(client, {Kind::http, sleeper.address, 80, "/up"});
            return result || result.error().kind == ProbeFailure::Kind::bad_status;
        }));
        return result;
    };
    CHECK(answers("200 OK") == Ready{200});
    CHECK(answers("302 Found") == Ready{302});
    CHECK(answers("500 Oh") ==
          tl::unexpected(ProbeFailure{ProbeFailure::Kind::bad_status, "status 500", 500}));
}

TEST_CASE("a certificate that nobody vouches for is no reason not to be ready") {
    const std::filesystem::path folder = "/tmp/pivot-client-tls";
    std::filesystem::create_directory(folder);
    const auto key = (folder / "key").string();
    const auto certificate = (folder / "certificate").string();
    Program make({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                  "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=elsewhere.example",
                  "-keyout", key, "-out", certificate});
    if (!make.succeeded()) {
        WARN("skipped: there is no openssl");
        return;
    }
    const Program server({"openssl", "s_server", "-accept", "127.0.0.1:8443", "-key", key, "-cert",
                          certificate, "-www"});
    auto client = connect();
    CHECK(eventually(client, [&] {
        return probe(client, {Kind::https, "127.0.0.1", 8443}) == Ready{200};
    }));
    std::filesystem::remove_all(folder);
}
