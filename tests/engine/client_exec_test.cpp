#include "real_client.hpp"

namespace {

using namespace std::chrono_literals;

struct Ran {
    std::string output;
    std::optional<int> exit_code;
};

Ran run(RealClient& client, const std::string& id, const std::vector<std::string>& command) {
    const auto exec = must(client.get(engine::api::create_exec(id, command)));
    const auto before = must(client.get(engine::api::inspect_exec(exec)));
    CHECK_FALSE(before.running);
    CHECK_FALSE(before.exit_code);
    auto output = must(client.get(engine::api::start_exec(exec, 20s)));
    const auto after = must(client.get(engine::api::inspect_exec(exec)));
    CHECK_FALSE(after.running);
    return {std::move(output), after.exit_code};
}

}  // namespace

TEST_CASE("a command runs in a container and tells its output and exit code") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto id = started(client, shell("pivot-client.exec", "sleep 100"));
    const auto ran = run(client, id, {"sh", "-c", "echo out; sleep 0.1; echo err >&2; exit 7"});
    CHECK(ran.output == "out\nerr\n");
    CHECK(ran.exit_code == 7);
    const auto silent = run(client, id, {"true"});
    CHECK(silent.output.empty());
    CHECK(silent.exit_code == 0);
    const auto loud = run(client, id, {"sh", "-c", "yes yes | head -c 1000000"});
    CHECK(loud.output.size() > 65'000);
    CHECK(loud.output.size() <= 65'536);
    CHECK(loud.exit_code == 0);
}

TEST_CASE("a command that is not there says so, with 126 or 127") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto id = started(client, shell("pivot-client.exec", "sleep 100"));
    const auto ran = run(client, id, {"/no/such/command"});
    CHECK_THAT(ran.output, Catch::Contains("no such file"));
    CHECK((ran.exit_code == 126 || ran.exit_code == 127));
}

TEST_CASE("a command that takes too long goes on without us") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto id = started(client, shell("pivot-client.exec", "sleep 100"));
    const auto exec = must(
        client.get(engine::api::create_exec(id, {"sh", "-c", "until test -e /go; do :; done"})));
    const auto started_exec = client.get(engine::api::start_exec(exec, 200ms));
    REQUIRE_FALSE(started_exec);
    CHECK(std::holds_alternative<engine::Broken>(started_exec.error()));
    const auto running = must(client.get(engine::api::inspect_exec(exec)));
    CHECK(running.running);
    CHECK_FALSE(running.exit_code);
    CHECK(run(client, id, {"touch", "/go"}).exit_code == 0);
    CHECK(eventually(
        client, [&] { return must(client.get(engine::api::inspect_exec(exec))).exit_code == 0; }));
}

TEST_CASE("a command that prints too much goes on without us, and the engine takes it for ended") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto id = started(client, shell("pivot-client.exec", "sleep 100"));
    const auto exec = must(client.get(engine::api::create_exec(
        id, {"sh", "-c", "yes | head -c 8000000; until test -e /go; do :; done; touch /end"})));
    const auto too_much = client.get(engine::api::start_exec(exec, 20s));
    REQUIRE_FALSE(too_much);
    CHECK(std::get<engine::Malformed>(too_much.error()).detail == "more than 4194304 bytes");
    CHECK(run(client, id, {"touch", "/go"}).exit_code == 0);
    CHECK(eventually(client, [&] {
        return run(client, id, {"test", "-e", "/end"}).exit_code == 0;
    }));
    CHECK(eventually(client, [&] {
        return must(client.get(engine::api::inspect_exec(exec))).exit_code == 126;
    }));
}

TEST_CASE("no command runs in a container that does not") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto id =
        must(client.get(engine::api::create_container(shell("pivot-client.exec", "true")))).id;
    CHECK(refusal(client.get(engine::api::create_exec(id, {"true"}))).starts_with("409 "));
}

TEST_CASE("an upgrade gives a line to a command in a container, both ways") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto id = started(client, shell("pivot-client.upgrade", "sleep 100"));
    const auto create = [&](const std::string& script) {
        auto call = engine::api::create_exec(id, {"sh", "-c", script});
        call.request.body.insert(1, R"("AttachStdin": true, "Tty": true, )");
        return must(client.get(std::move(call)));
    };
    const auto upgrade = [&](const std::string& exec) {
        std::optional<engine::Result<engine::Upgraded>> upgraded;
        client.client().upgrade(
            {.method = http::Method::post,
             .target = "/exec/" + exec + "/start",
             .headers = {{"Connection", "Upgrade"},
                         {"Upgrade", "tcp"},
                         {"Content-Type", "application/json"}},
             .body = R"({"Detach": false, "Tty": true})"},
            [&](engine::Result<engine::Upgraded> got) { upgraded = std::move(got); });
        REQUIRE(eventually(client, [&] { return upgraded.has_value(); }));
        return std::move(*upgraded);
    };
    const auto exec = create("stty -echo; echo begun; read line; echo \"heard $line\"");
    auto line = must(upgrade(exec));
    std::string heard = std::move(line.already_read);
    bool ended = false;
    auto watch =
        client.reactor().watch(line.connection->wait(http::Connection::Wanted::read).descriptor,
                               POLLIN, [&](short /*events*/) {
                                   std::array<char, 100> bytes{};
                                   const auto count = line.connection->read(bytes);
                                   REQUIRE(count);
                                   ended = *count == 0U;
                                   heard.append(bytes.data(), count->value_or(0));
                               });
    REQUIRE(eventually(client, [&] { return heard == "begun\r\n"; }));
    CHECK(line.connection->write("a word\n") == 7U);
    REQUIRE(eventually(client, [&] { return ended; }));
    CHECK(heard == "begun\r\nheard a word\r\n");
    watch.stop();
    CHECK(must(client.get(engine::api::inspect_exec(exec))).exit_code == 0);
    CHECK(refusal(upgrade("0123")).starts_with("404 "));
}
