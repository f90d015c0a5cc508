#include <filesystem>
#include <fstream>

#include "real_client.hpp"
#include "support/engine.hpp"

namespace {

using namespace std::chrono_literals;

}  // namespace

TEST_CASE("a program finds in its container what was asked for", "[newer]") {
    auto client = connect();
    const Cleanup cleanup(client);
    const std::filesystem::path folder = "/tmp/pivot-client-mounted";
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "seen") << "from the host\n";

    auto wanted = shell("pivot-client.rich", R"(
        pwd; id -u; id -g
        cat /host/seen; touch /host/new 2>/dev/null || echo read-only bind
        touch /volume/new && echo writable volume
        touch /new 2>/dev/null || echo read-only root
        touch /scratch/new && grep -o ' /scratch tmpfs .*size=1024k' /proc/mounts
        grep -o ' /dev/shm .*size=2048k' /proc/mounts | cut -d ' ' -f 2
        ulimit -Sn; ulimit -Hn
        grep db.example /etc/hosts
        test -c /dev/nothing && echo device
        cat /proc/1/comm
        grep CapBnd /proc/self/status)");
    wanted.platform = "linux";
    wanted.working_dir = "/work/dir";
    wanted.user = "0:7";
    wanted.mounts = {{engine::Mount::Type::bind, folder, "/host", true},
                     {.source = "pivot-client.made", .target = "/volume", .volume_labels = ours}};
    wanted.tmpfs = {{"/scratch", "size=1m"}};
    wanted.shm_size = 2 << 20;
    wanted.ulimits = {{"nofile", 100, 200}};
    wanted.extra_hosts = {"db.example:192.0.2.7"};
    wanted.devices = {{"/dev/null", "/dev/nothing", "rwm"}};
    wanted.cap_drop = {"ALL"};
    wanted.cap_add = {"NET_ADMIN"};
    wanted.init = true;
    wanted.read_only = true;
    CHECK(output_of(client, started(client, wanted)) ==
          "/work/dir\n0\n7\n"
          "from the host\nread-only bind\n"
          "writable volume\n"
          "read-only root\n"
          " /scratch tmpfs rw,nosuid,nodev,noexec,relatime,size=1024k\n"
          "/dev/shm\n"
          "100\n200\n"
          "192.0.2.7\tdb.example\n"
          "device\n"
          "docker-init\n"
          "CapBnd:\t0000000000001000\n");
    std::filesystem::remove_all(folder);

    const auto volumes = must(client.get(engine::api::list_volumes(only_ours)));
    REQUIRE(volumes.size() == 1);
    CHECK(volumes[0].name == "pivot-client.made");
    CHECK(volumes[0].driver == "local");
    CHECK(volumes[0].driver_options.empty());
}

// Not started: an engine inside a container may not give what it does not have.
TEST_CASE("a container is privileged only when that is asked for") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto is_privileged = [&](const engine::CreateContainer& wanted) {
        const auto id = must(client.get(engine::api::create_container(wanted))).id;
        const auto found = support::engine_get("/containers/" + id + "/json");
        return found["HostConfig"]["Privileged"].get<bool>();
    };
    auto wanted = shell("pivot-client.usual", "true");
    CHECK_FALSE(is_privileged(wanted));
    wanted.name = "pivot-client.privileged";
    wanted.privileged = true;
    CHECK(is_privileged(wanted));
}

TEST_CASE("a program is stopped with its signal") {
    auto client = connect();
    const Cleanup cleanup(client);
    auto wanted =
        shell("pivot-client.signal", "trap 'exit 5' INT; echo ready; while :; do sleep 0.1; done");
    wanted.stop_signal = "SIGINT";
    const auto id = started(client, wanted);
    REQUIRE(eventually(
        client, [&] { return must(client.get(engine::api::last_log_lines(id, 1))) == "ready\n"; }));
    must(client.get(engine::api::stop_container(id, 10s)));
    CHECK(inspected(client, id).exit_code == 5);
}

TEST_CASE("a container has the address that it asks for, on a network with that subnet",
          "[newer]") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto network =
        must(client.get(engine::api::create_network({"pivot-client", ours, "10.213.7.0/24"})));
    CHECK(must(client.get(engine::api::inspect_network(network))).subnet == "10.213.7.0/24");
    const auto networks = must(client.get(engine::api::list_networks(only_ours)));
    REQUIRE(networks.size() == 1);
    CHECK(networks[0].subnet == "10.213.7.0/24");

    auto wanted = shell("pivot-client.fixed", "sleep 100");
    wanted.network_mode = network;
    wanted.ipv4_address = "10.213.7.130";
    const auto id = started(client, wanted);
    const std::map<std::string, std::string> addresses = {{network, "10.213.7.130"}};
    CHECK(listed(client, id).addresses == addresses);
    CHECK(inspected(client, id).addresses == addresses);
}

TEST_CASE("a network that asks for no subnet is given one") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto id = must(client.get(engine::api::create_network({"pivot-client", ours})));
    const auto network = must(client.get(engine::api::inspect_network(id)));
    CHECK(network.name == "pivot-client");
    CHECK(network.labels == ours);
    CHECK_THAT(network.subnet, Catch::Contains("/16") || Catch::Contains("/20"));
    const auto unknown = client.get(engine::api::inspect_network(std::string(64, 'a')));
    CHECK(refusal(unknown).starts_with("404 "));
}

TEST_CASE("a volume is made by its driver with its options") {
    auto client = connect();
    const Cleanup cleanup(client);
    const engine::Labels options = {{"type", "tmpfs"}, {"device", "tmpfs"}, {"o", "size=1m"}};
    const auto made = must(
        client.get(engine::api::create_volume({"pivot-client.tmpfs", ours, "local", options})));
    CHECK(made.driver == "local");
    CHECK(made.driver_options == options);
    const auto found = must(client.get(engine::api::list_volumes(only_ours)));
    REQUIRE(found.size() == 1);
    CHECK(found[0].driver_options == options);
}

TEST_CASE("a container is renamed, and only to a name that is free") {
    auto client = connect();
    const Cleanup cleanup(client);
    const auto id = started(client, shell("pivot-client.new", "sleep 100"));
    must(client.get(engine::api::create_container(shell("pivot-client.old", "true"))));
    CHECK(refusal(client.get(engine::api::rename_container(id, "pivot-client.old")))
              .starts_with("409 "));
    must(client.get(engine::api::rename_container(id, "pivot-client.free")));
    CHECK(listed(client, id).name == "pivot-client.free");
}

TEST_CASE("what this engine cannot give is refused, and nothing is left of it", "[newer]") {
    auto client = connect();
    const Cleanup cleanup(client);
    auto wanted = shell("pivot-client.disk", "true");
    wanted.disk = 1 << 30;
    const auto with_disk = client.get(engine::api::create_container(wanted));
    // The containerd image store takes a limit and holds nobody to it.
    if (must(client.get(engine::api::system_info())).containerd_store) {
        CHECK(with_disk);
    } else {
        CHECK_THAT(refusal(with_disk), Catch::Contains("storage-opt"));
    }
    wanted = shell("pivot-client.gpu", "true");
    wanted.gpus = 1;
    const auto id = must(client.get(engine::api::create_container(wanted))).id;
    CHECK_THAT(refusal(client.get(engine::api::start_container(id))),
               Catch::Contains("could not select device driver") ||
                   Catch::Contains("failed to discover GPU vendor from CDI"));
    wanted = shell("pivot-client.bind", "true");
    wanted.mounts = {{engine::Mount::Type::bind, "/no/such/folder", "/a"}};
    CHECK_THAT(refusal(client.get(engine::api::create_container(wanted))),
               Catch::Contains("/no/such/folder"));
    wanted = shell("pivot-client.platform", "true");
    wanted.platform = "linux/s390x";
    CHECK_THAT(refusal(client.get(engine::api::create_container(wanted))),
               Catch::Contains("platform"));
}
