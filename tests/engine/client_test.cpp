#include <string>

#include "real_client.hpp"

namespace {

using engine::Changed;
using engine::ContainerState;
using namespace std::chrono_literals;

}  // namespace

TEST_CASE("the client settles on a version that the engine speaks and shows its calls") {
    std::vector<engine::Trace> traces;
    RealClient client([&](const engine::Trace& trace) { traces.push_back(trace); });
    CHECK(client.api_version().starts_with("1."));
    const auto info = must(client.get(engine::api::system_info()));
    CHECK(info.cpus > 0);
    CHECK_FALSE(info.storage_driver.empty());
    CHECK((info.storage_driver != "overlay2" || !info.backing_filesystem.empty()));
    REQUIRE(traces.size() == 2);
    CHECK(traces[0].target == "/_ping");
    CHECK(traces[1].target == "/info");
    CHECK(traces[1].method == "GET");
    CHECK(traces[1].status == 200);
    CHECK(traces[1].took > 0us);
}

TEST_CASE("a network is found by label and by exact name, and is removed once") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto id = must(client.get(engine::api::create_network({"pivot-client.one", ours})));
    const auto other = must(client.get(engine::api::create_network({"pivot-client-one", ours})));

    const auto found =
        must(client.get(engine::api::list_networks({.names = {"pivot-client.one"}})));
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == id);
    CHECK(found[0].name == "pivot-client.one");
    CHECK(found[0].labels == ours);
    CHECK(must(client.get(engine::api::list_networks(only_ours))).size() == 2);
    CHECK(must(client.get(engine::api::list_networks({}))).size() >=
          5);  // bridge, host and none too

    const auto twin = client.get(engine::api::create_network({"pivot-client.one", ours}));
    REQUIRE_FALSE(twin);
    CHECK(engine::is_status(twin.error(), 409));

    CHECK(must(client.get(engine::api::remove_network(id))) == Changed::now);
    CHECK(must(client.get(engine::api::remove_network(id))) == Changed::already);
    CHECK(must(client.get(engine::api::remove_network(other))) == Changed::now);
}

TEST_CASE("a volume that exists is given back with its old labels") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto made = must(client.get(engine::api::create_volume({"pivot-client.data", ours})));
    CHECK(made.labels == ours);
    const auto again = must(
        client.get(engine::api::create_volume({"pivot-client.data", {{"pivot.test", "new"}}})));
    CHECK(again.labels == ours);

    const auto found =
        must(client.get(engine::api::list_volumes({.names = {"pivot-client.data"}})));
    REQUIRE(found.size() == 1);
    CHECK(found[0].name == "pivot-client.data");
    CHECK(must(client.get(engine::api::list_volumes({.names = {"pivot-client"}}))).empty());
    CHECK(must(client.get(engine::api::remove_volume("pivot-client.data"))) == Changed::now);
    CHECK(must(client.get(engine::api::remove_volume("pivot-client.data"))) == Changed::already);
}

TEST_CASE("a container lives: created, started, stopped, removed") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto network = must(client.get(engine::api::create_network({"pivot-client", ours})));
    auto wanted = shell("pivot-client.life",
                        "echo out; echo err >&2; trap 'exit 3' TERM; "
                        "while :; do sleep 0.1; done");
    wanted.hostname = "life-1";
    wanted.network_mode = network;
    wanted.aliases = {"life"};
    wanted.ports = {{80, "tcp", "127.0.0.1", 0}, {80, "tcp", "", 0}, {53, "udp", "", 0}};
    wanted.restart_policy = {"unless-stopped", 0};
    wanted.memory = 64 << 20;

    const auto id = must(client.get(engine::api::create_container(wanted))).id;
    CHECK(inspected(client, id).state == ContainerState::created);
    CHECK(must(client.get(engine::api::start_container(id))) == Changed::now);
    CHECK(must(client.get(engine::api::start_container(id))) == Changed::already);

    const auto found = must(client.get(engine::api::list_containers({.names = {wanted.name}})));
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == id);
    CHECK(found[0].name == wanted.name);
    CHECK(found[0].image == image);
    CHECK(found[0].image_id == must(client.get(engine::api::inspect_image(image))).id);
    CHECK(found[0].state == ContainerState::running);
    CHECK(found[0].created > 1'600'000'000);
    CHECK(found[0].labels == ours);
    CHECK(found[0].network_mode == network);
    CHECK(found[0].networks.at("pivot-client") == network);
    CHECK(must(client.get(engine::api::list_containers({.names = {"pivot-client"}}))).empty());

    CHECK(found[0].addresses.contains(network));
    CHECK_FALSE(found[0].exit_code);

    const auto detail = inspected(client, id);
    CHECK(detail.name == wanted.name);
    CHECK(detail.addresses == found[0].addresses);
    CHECK(detail.restart_policy == "unless-stopped");
    CHECK(detail.health == engine::Health::none);
    CHECK(detail.ports == found[0].ports);
    const auto local =
        std::ranges::count(detail.ports, "127.0.0.1", &engine::PublishedPort::host_ip);
    CHECK(local == 1);
    CHECK(std::ranges::all_of(detail.ports, [](const auto& port) { return port.host_port > 0; }));

    must(client.get(engine::api::update_restart_policy(id, {"on-failure", 2})));
    const auto updated = inspected(client, id);
    CHECK(updated.restart_policy == "on-failure");
    CHECK(updated.maximum_retry_count == 2);
    CHECK(eventually(client, [&] {
        const auto log = must(client.get(engine::api::last_log_lines(id, 20)));
        return log == "out\nerr\n" || log == "err\nout\n";
    }));
    CHECK(must(client.get(engine::api::last_log_lines(id, 1))).size() == 4);

    const auto busy = client.get(engine::api::remove_network(network));
    REQUIRE_FALSE(busy);
    CHECK(engine::is_status(busy.error(), 403));

    CHECK(must(client.get(engine::api::stop_container(id, 10s))) == Changed::now);
    CHECK(must(client.get(engine::api::stop_container(id, std::nullopt))) == Changed::already);
    CHECK(inspected(client, id).exit_code == 3);
    CHECK(listed(client, id).exit_code == 3);
    CHECK(listed(client, id).addresses.empty());
    CHECK(must(client.get(engine::api::remove_container(id))) == Changed::now);
    CHECK(must(client.get(engine::api::remove_container(id))) == Changed::already);
}

TEST_CASE("what a container cannot be is told in the engine's words") {
    auto client = connect();
    const Cleanup cleanup(client);
    auto wanted = shell("pivot-client.bad", "true");
    wanted.image = "pivot-no-such-image";
    const auto no_image = client.get(engine::api::create_container(wanted));
    REQUIRE_FALSE(no_image);
    CHECK(std::get<engine::Refused>(no_image.error()).status == 404);
    CHECK(std::get<engine::Refused>(no_image.error()).message ==
          "No such image: pivot-no-such-image:latest");

    wanted.image = image;
    wanted.cmd = {"/no/such/command"};
    const auto id = must(client.get(engine::api::create_container(wanted))).id;
    const auto bad_command = client.get(engine::api::start_container(id));
    REQUIRE_FALSE(bad_command);
    CHECK(engine::is_status(bad_command.error(), 400));
    const auto detail = inspected(client, id);
    CHECK(detail.state == ContainerState::created);
    CHECK(detail.exit_code == 127);
    CHECK_FALSE(detail.error.empty());

    const auto taken = client.get(engine::api::create_container(wanted));
    REQUIRE_FALSE(taken);
    CHECK(engine::is_status(taken.error(), 409));
}

TEST_CASE("events tell of a container's death with its exit code") {
    auto client = connect();
    const Cleanup cleanup(client);
    bool open = false;
    std::vector<engine::Event> events;
    bool ended = false;
    const auto stream = client.stream(
        engine::api::container_events(only_ours, {"start", "die"}), [&] { open = true; },
        [&](engine::Event event) { events.push_back(std::move(event)); },
        [&](std::optional<engine::Error>) { ended = true; });
    REQUIRE(eventually(client, [&] { return open; }));

    const auto id = started(client, shell("pivot-client.dies", "exit 7"));
    REQUIRE(eventually(client, [&] { return events.size() >= 2; }));
    CHECK(events[0].action == "start");
    CHECK(events[1].action == "die");
    CHECK(events[1].type == "container");
    CHECK(events[1].id == id);
    CHECK(events[1].attributes.at("exitCode") == "7");
    CHECK(events[1].attributes.at("name") == "pivot-client.dies");
    CHECK_FALSE(ended);
}

TEST_CASE("eight containers are created and run at once") {
    auto client = connect();
    const Cleanup cleanup(client);
    std::vector<std::string> ids;
    for (int number = 1; number <= 8; ++number) {
        client.send(engine::api::create_container(
                        shell("pivot-client." + std::to_string(number), "exit 0")),
                    [&](engine::Result<engine::CreatedContainer> created) {
                        ids.push_back(must(std::move(created)).id);
                        client.send(engine::api::start_container(ids.back()),
                                    [](const engine::Result<Changed>& changed) { must(changed); });
                    });
    }
    REQUIRE(eventually(client, [&] { return ids.size() == 8; }));
    CHECK(eventually(client, [&] {
        return std::ranges::all_of(ids, [&](const auto& id) { return has_exited(client, id); });
    }));
}

TEST_CASE("a pull that no registry answers ends with the engine's reason") {
    auto client = connect();
    std::optional<engine::Error> error;
    bool ended = false;
    bool opened = false;
    const auto stream = client.stream(
        engine::api::pull_image("127.0.0.1:9/pivot/none"), [&] { opened = true; },
        [](const engine::PullProgress&) {},
        [&](std::optional<engine::Error> why) {
            error = std::move(why);
            ended = true;
        });
    REQUIRE(eventually(client, [&] { return ended; }));
    CHECK_FALSE(opened);
    REQUIRE(error);
    CHECK(engine::is_status(*error, 500));
    CHECK_THAT(std::get<engine::Refused>(*error).message, Catch::Contains("connection refused"));
}
