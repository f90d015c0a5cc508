#include "real_client.hpp"

namespace {

using engine::Health;
using namespace std::chrono_literals;

// Of a container whose check succeeds while /up is there.
engine::CreateContainer checked(const std::string& name, const std::string& script) {
    auto container = shell(name, script);
    container.healthcheck = {.test = {"CMD-SHELL", "test -e /up || { echo no /up; exit 3; }"},
                             .interval = 200ms,
                             .timeout = 5s,
                             .start_period = 1ms,
                             .retries = 1};
    return container;
}

}  // namespace

TEST_CASE("a container becomes healthy, and the list, inspection and events say so", "[newer]") {
    auto client = connect();
    const Cleanup cleanup(client);
    bool open = false;
    std::vector<std::string> actions;
    const auto stream = client.stream(
        engine::api::container_events(only_ours, {"health_status", "oom", "destroy"}),
        [&] { open = true; }, [&](const engine::Event& event) { actions.push_back(event.action); },
        [](const std::optional<engine::Error>&) {});
    REQUIRE(eventually(client, [&] { return open; }));

    const auto id = started(client, checked("pivot-client.health", "sleep 100"));
    CHECK(listed(client, id).health == Health::starting);
    REQUIRE(eventually(client, [&] { return actions.size() == 1; }));
    CHECK(actions[0] == "health_status: unhealthy");
    CHECK(listed(client, id).health == Health::unhealthy);
    const auto ill = inspected(client, id);
    CHECK(ill.health == Health::unhealthy);
    CHECK(ill.health_output == "no /up\n");
    CHECK(ill.health_exit_code == 3);
    CHECK(ill.health_failing_streak >= 1);
    CHECK(ill.healthcheck_test ==
          std::vector<std::string>{"CMD-SHELL", "test -e /up || { echo no /up; exit 3; }"});

    const auto exec = must(client.get(engine::api::create_exec(id, {"touch", "/up"})));
    must(client.get(engine::api::start_exec(exec, 20s)));
    REQUIRE(eventually(client, [&] { return actions.size() == 2; }));
    CHECK(actions[1] == "health_status: healthy");
    CHECK(listed(client, id).health == Health::healthy);
    CHECK(inspected(client, id).health == Health::healthy);
    CHECK(inspected(client, id).health_failing_streak == 0);

    must(client.get(engine::api::remove_container(id)));
    REQUIRE(eventually(client, [&] { return actions.size() == 3; }));
    CHECK(actions[2] == "destroy");
}

TEST_CASE("a check can be turned off") {
    auto client = connect();
    const Cleanup cleanup(client);
    auto wanted = shell("pivot-client.unchecked", "sleep 100");
    wanted.healthcheck = {.test = {"NONE"}};
    const auto id = started(client, wanted);
    CHECK(listed(client, id).health == Health::none);
    CHECK(inspected(client, id).health == Health::none);
    CHECK(inspected(client, id).healthcheck_test == std::vector<std::string>{"NONE"});
}

TEST_CASE("an event tells that a container had too little memory") {
    auto client = connect();
    const Cleanup cleanup(client);
    bool open = false;
    std::vector<std::string> actions;
    const auto stream = client.stream(
        engine::api::container_events(only_ours, {"oom", "die"}), [&] { open = true; },
        [&](const engine::Event& event) { actions.push_back(event.action); },
        [](const std::optional<engine::Error>&) {});
    REQUIRE(eventually(client, [&] { return open; }));
    auto wanted = shell("pivot-client.oom", "tail /dev/zero");
    wanted.memory = 8 << 20;
    const auto id = started(client, wanted);
    REQUIRE(eventually(client, [&] { return std::ranges::count(actions, "die") == 1; }));
    CHECK(std::ranges::count(actions, "oom") >= 1);
    CHECK(inspected(client, id).oom_killed);
}

TEST_CASE("the list tells the exit code of a container that is restarting") {
    auto client = connect();
    const Cleanup cleanup(client);
    auto wanted = shell("pivot-client.loop", "exit 3");
    wanted.restart_policy = {"always", 0};
    const auto id = started(client, wanted);
    engine::ContainerSummary seen;
    REQUIRE(eventually(client, [&] {
        seen = listed(client, id);
        return seen.state == engine::ContainerState::restarting;
    }));
    CHECK(seen.exit_code == 3);
}
