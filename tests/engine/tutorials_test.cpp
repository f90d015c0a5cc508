// PIVOT's other tutorials with stand-ins of their images, which serve what they were given.

#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/format.h>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

// Not every machine lets its engine give such powers: one that is a container itself may not.
bool can_run_privileged() {
    (void)engine_post(
        "/containers/create?name=can-run-privileged",
        {{"Image", "pivot-test"}, {"Cmd", {"true"}}, {"HostConfig", {{"Privileged", true}}}});
    bool can = true;
    try {
        (void)engine_post("/containers/can-run-privileged/start");
    } catch (const std::runtime_error&) {
        can = false;
    }
    engine_delete("/containers/can-run-privileged?force=1");
    return can;
}

// The document as it is; where it could not run for that reason alone, without `is_privileged`.
Ended up(const std::string& tutorial) {
    const std::string file = fmt::format("{}/appliances/{}.json", PIVOT_SOURCE_DIR, tutorial);
    if (can_run_privileged()) {
        return pivot({"up", file});
    }
    std::ifstream stream(file);
    Json document = Json::parse(stream, nullptr, true, true);
    for (Json& container : document["containers"]) {
        container.erase("is_privileged");
    }
    return pivot({"up", "-"}, document.dump());
}

// A file of the first instance of a stand-in, asked for in its own container until it answers.
std::string served(const std::string& appliance, const std::string& container, int port,
                   const std::string& file) {
    return engine_exec(fmt::format("{}.{}.1", appliance, container),
                       {"sh", "-c",
                        fmt::format("until wget -q -O- http://127.0.0.1:{}/{} 2>/dev/null; do "
                                    "sleep 0.05; done",
                                    port, file)});
}

// Who answers, seen from another container.
std::string reached(const std::string& from, const std::string& url) {
    return engine_exec(from, {"sh", "-c",
                              fmt::format("until wget -q -O- http://{}/hostname 2>/dev/null; do "
                                          "sleep 0.05; done",
                                          url)});
}

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

Json inspect(const std::string& container) {
    return engine_get("/containers/" + container + "/json");
}

// Names in the order in which they were started, for containers that follow one another.
std::vector<std::string> by_start(const std::string& appliance) {
    std::map<std::string, std::string> times;
    for (const auto& [name, id] : container_ids(appliance)) {
        times[inspect(id)["State"]["StartedAt"]] = name;
    }
    std::vector<std::string> names;
    for (const auto& [time, name] : times) {
        names.push_back(name);
    }
    return names;
}

std::set<std::string> privileged(const std::string& appliance) {
    std::set<std::string> names;
    for (const auto& [name, id] : container_ids(appliance)) {
        if (inspect(id)["HostConfig"]["Privileged"].get<bool>()) {
            names.insert(name);
        }
    }
    return names;
}

// What a socket of the engine's is where a machine usually has it, for as long as a test wants it.
class UsualSocket {
public:
    UsualSocket() {
        const std::string host = std::getenv("DOCKER_HOST");
        std::filesystem::create_symlink(host.substr(std::string("unix://").size()), path());
    }
    UsualSocket(const UsualSocket&) = delete;
    UsualSocket& operator=(const UsualSocket&) = delete;
    ~UsualSocket() { std::filesystem::remove(path()); }

private:
    static const char* path() { return "/run/docker.sock"; }
};

}  // namespace

TEST_CASE("sparkmagic runs: quotes in an argument, a reference in the environment, both modes") {
    const Deployed sparkmagic("sparkmagic");
    const Ended ended = up("sparkmagic");
    INFO(ended.err);
    REQUIRE(ended.code == 0);

    CHECK(inspect("sparkmagic.sparkmagic.1")["Args"] == Json({"8888", "--NotebookApp.token=\"\""}));
    CHECK(served("sparkmagic", "sparkmagic", 8888, "args") == "--NotebookApp.token=\"\"\n");
    CHECK(has_line(served("sparkmagic", "sparkmagic", 8888, "env"), "LIVY_HOST=livy"));
    CHECK(reached("sparkmagic.sparkmagic.1", "livy:8998") == "livy-1\n");
    CHECK(privileged("sparkmagic") == (can_run_privileged()
                                           ? std::set<std::string>{"sparkmagic.sparkmagic.1"}
                                           : std::set<std::string>{}));
    CHECK(inspect("sparkmagic.sparkmagic.1")["NetworkSettings"]["Networks"].contains(
        "pivot-sparkmagic"));
    CHECK(by_start("sparkmagic").front() == "sparkmagic.spark-master.1");
    CHECK(by_start("sparkmagic").back() == "sparkmagic.sparkmagic.1");
}

TEST_CASE("toil runs: addresses that are no references, a trailing space, a chain") {
    const Deployed toil("toil");
    const Ended ended = up("toil");
    INFO(ended.err);
    REQUIRE(ended.code == 0);

    CHECK(served("toil", "chronos", 8080, "args") ==
          "--master\n"
          "zk://zk-1.zk:2181,zk-2.zk:2181,zk-3.zk:2181,zk-4.zk:2181,zk-5.zk:2181/mesos\n"
          "--zk_hosts\n"
          "zookeeper:2181\n");
    CHECK(served("toil", "toil-launcher", 22, "args") == "sshd\n");
    const std::string environment = served("toil", "toil-launcher", 22, "env");
    CAPTURE(environment);
    CHECK(has_line(environment, "CHRONOS_URL=http://chronos:8080"));
    CHECK(has_line(environment, "IRODS_PORT=1247"));
    CHECK(has_line(environment, "SSH_PUBKEY=ssh-ed25519 AAAA-the-rest-of-your-public-key "));
    CHECK(reached("toil.toil-launcher.1", "chronos:8080") == "chronos-1\n");
    CHECK(reached("toil.chronos.1", "zookeeper:2181") == "zookeeper-1\n");
    CHECK(by_start("toil") ==
          std::vector<std::string>{"toil.zookeeper.1", "toil.chronos.1", "toil.toil-launcher.1"});
    CHECK(privileged("toil").size() == (can_run_privileged() ? 3 : 0));
    const Json status = toil.status();
    for (const Json& container : status["containers"]) {
        REQUIRE(container["endpoints"].size() == 1);
        CHECK(fetch(fmt::format("http://127.0.0.1:{}/hostname",
                                container["endpoints"][0]["host_port"].get<int>())) ==
              container["id"].get<std::string>() + "-1\n");
    }
}

TEST_CASE("mesos runs: a reference inside an address, the engine's socket, a chain") {
    const UsualSocket socket;
    const Deployed mesos("mesos");
    const Ended ended = up("mesos");
    INFO(ended.err);
    REQUIRE(ended.code == 0);

    CHECK(served("mesos", "mesos-master", 5050, "args") ==
          "--ip=0.0.0.0\n"
          "--zk=zk://zookeeper:2181/mesos\n"
          "--quorum=1\n"
          "--work_dir=/var/lib/mesos\n");
    CHECK(served("mesos", "mesos-agent", 5051, "args") ==
          "--master=zk://zookeeper:2181/mesos\n"
          "--work_dir=/var/lib/mesos\n");
    CHECK(reached("mesos.mesos-agent.1", "zookeeper:2181") == "zookeeper-1\n");
    CHECK(reached("mesos.mesos-agent.1", "mesos-master:5050") == "mesos-master-1\n");
    CHECK(has_line(served("mesos", "mesos-agent", 5051, "mounts"), "/var/run/docker.sock rw"));
    CHECK(engine_exec("mesos.mesos-agent.1",
                      {"sh", "-c", "[ -S /var/run/docker.sock ] && echo a socket"}) ==
          "a socket\n");
    CHECK(by_start("mesos") == std::vector<std::string>{"mesos.zookeeper.1", "mesos.mesos-master.1",
                                                        "mesos.mesos-agent.1"});
    CHECK(privileged("mesos").size() == (can_run_privileged() ? 3 : 0));
}
