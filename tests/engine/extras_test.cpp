// The Compose keys: each reaches the engine, and the container where that can be seen from inside.

#include <algorithm>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

Json made(const std::string& name) { return engine_get("/containers/" + name + "/json"); }

// "linux/amd64", as images of this machine are.
std::string platform_here() {
    const Json image = engine_get("/images/pivot-test/json");
    return image["Os"].get<std::string>() + "/" + image["Architecture"].get<std::string>();
}

}  // namespace

TEST_CASE("entrypoint as a list or a line replaces the image's, and args follow it") {
    const Deployed shop("entry");
    Json list = container("list");
    list.erase("cmd");
    list["entrypoint"] = {"/bin/sh", "-c", stays, "its name"};
    list["args"] = {"first", "second one"};
    Json line = container("line");
    line.erase("cmd");
    line["entrypoint"] = "/bin/sh -c \"" + stays + "\"";
    const Ended up = shop.up({{"containers", {list, line}}});
    INFO(up.err);
    CHECK(up.code == 0);
    const Json first = made("entry.list.1")["Config"];
    CHECK(first["Entrypoint"] == Json{"/bin/sh", "-c", stays, "its name"});
    CHECK(first["Cmd"] == Json{"first", "second one"});
    CHECK(made("entry.line.1")["Config"]["Entrypoint"] == Json{"/bin/sh", "-c", stays});
    CHECK(made("entry.line.1")["Args"] == Json{"-c", stays});
}

TEST_CASE("folder, user, host name and init are what the program sees") {
    const Deployed shop("inside");
    Json web = container("web");
    web["working_dir"] = "/srv/web";
    web["user"] = "1000:1001";
    web["hostname"] = "web.example";
    web["init"] = true;
    web["extra_hosts"] = {{"mail", "192.0.2.7"}, {"engine", "host-gateway"}};
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(engine_exec("inside.web.1",
                      {"sh", "-c", "pwd; id -u; id -g; hostname; cat /proc/1/comm"}) ==
          "/srv/web\n1000\n1001\nweb.example\ndocker-init\n");
    CHECK(engine_exec("inside.web.1", {"grep", "-c", "^192.0.2.7\tmail$", "/etc/hosts"}) == "1\n");
    CHECK(engine_exec("inside.web.1", {"grep", "-c", "^172.*\tengine$", "/etc/hosts"}) == "1\n");
}

TEST_CASE("file systems in memory, a root that only reads, the size of /dev/shm") {
    const Deployed shop("files");
    Json web = container("web");
    web["read_only"] = true;
    web["tmpfs"] = {"/run:size=1m", "/scratch"};
    web["shm_size"] = "8m";
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(engine_exec("files.web.1", {"touch", "/new"}) == "touch: /new: Read-only file system\n");
    CHECK(engine_exec("files.web.1", {"touch", "/run/new", "/scratch/new"}).empty());
    CHECK(engine_exec("files.web.1",
                      {"sh", "-c", "df -k /run /dev/shm | awk 'NR > 1 { print $2, $6 }'"}) ==
          "1024 /run\n8192 /dev/shm\n");
    const Json host = made("files.web.1")["HostConfig"];
    CHECK(host["ReadonlyRootfs"] == true);
    CHECK(host["ShmSize"] == 8 * 1024 * 1024);
    CHECK(host["Tmpfs"] == Json{{"/run", "size=1m"}, {"/scratch", ""}});
}

TEST_CASE("limits, devices and capabilities are what the kernel holds the program to", "[newer]") {
    const Deployed shop("kernel");
    Json web = container("web");
    web["ulimits"] = {{"nofile", 512}, {"core", {{"soft", 0}, {"hard", 1048576}}}};
    web["devices"] = {"/dev/null:/dev/nothing:rw"};
    web["cap_add"] = {"NET_ADMIN"};
    web["cap_drop"] = {"CHOWN"};
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(engine_exec("kernel.web.1", {"sh", "-c", "ulimit -n; ulimit -H -n"}) == "512\n512\n");
    CHECK(engine_exec("kernel.web.1", {"sh", "-c", "echo gone > /dev/nothing; cat /dev/nothing"})
              .empty());
    CHECK(engine_exec("kernel.web.1", {"sh", "-c", "touch /tmp/a; chown 1 /tmp/a"}) ==
          "chown: /tmp/a: Operation not permitted\n");
    const Json host = made("kernel.web.1")["HostConfig"];
    Json limits = host["Ulimits"];
    std::sort(limits.begin(), limits.end());
    CHECK(limits == Json{{{"Name", "nofile"}, {"Soft", 512}, {"Hard", 512}},
                         {{"Name", "core"}, {"Soft", 0}, {"Hard", 1048576}}});
    CHECK(host["Devices"] == Json::array({{{"PathOnHost", "/dev/null"},
                                           {"PathInContainer", "/dev/nothing"},
                                           {"CgroupPermissions", "rw"}}}));
}

TEST_CASE("capabilities reach the engine under their names") {
    const Deployed shop("caps");
    Json web = container("web");
    web["cap_add"] = {"NET_ADMIN", "SYS_TIME"};
    web["cap_drop"] = {"ALL"};
    REQUIRE(shop.up({{"containers", {web}}}).code == 0);
    const auto plain = [](Json names) {  // newer engines write them with CAP_
        for (Json& name : names) {
            const std::string text = name;
            name = text.starts_with("CAP_") ? text.substr(4) : text;
        }
        return names;
    };
    const Json host = made("caps.web.1")["HostConfig"];
    CHECK(plain(host["CapAdd"]) == Json{"NET_ADMIN", "SYS_TIME"});
    CHECK(plain(host["CapDrop"]) == Json{"ALL"});
    CHECK(engine_exec("caps.web.1", {"grep", "^CapEff", "/proc/1/status"}) ==
          "CapEff:\t0000000002001000\n");
}

TEST_CASE("a stop sends the document's signal and waits as long as it says") {
    const Deployed shop("stops");
    Json web =
        container("web", "trap 'echo by USR1; exit 0' USR1; while :; do sleep 1 & wait; done");
    web["stop_signal"] = "SIGUSR1";
    web["stop_grace_period"] = "1m30s";
    REQUIRE(shop.up({{"containers", {web}}}).code == 0);
    const Json config = made("stops.web.1")["Config"];
    CHECK(config["StopSignal"] == "SIGUSR1");
    CHECK(config["StopTimeout"] == 90);
    engine_post("/containers/stops.web.1/stop");
    CHECK(made("stops.web.1")["State"]["ExitCode"] == 0);
}

TEST_CASE("labels stand beside pivot's own, and the platform is asked for", "[newer]") {
    const Deployed shop("labelled");
    Json web = container("web");
    web["labels"] = {{"team", "shop"}, {"tier", "2"}};
    web["platform"] = platform_here();
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    REQUIRE(up.code == 0);
    const Json labels = made("labelled.web.1")["Config"]["Labels"];
    CHECK(labels["team"] == "shop");
    CHECK(labels["tier"] == "2");
    CHECK(labels["pivot.appliance"] == "labelled");
    CHECK(labels["pivot.container"] == "web");
    CHECK(labels["pivot.instance"] == "1");
    CHECK(shop.up({{"containers", {web}}}).out.starts_with("labelled is up to date\n"));
}

TEST_CASE("a foreign platform is refused, and nothing is made") {
    const Deployed shop("foreign");
    Json web = container("web");
    web["platform"] = "linux/s390x";
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(belongings("foreign")["containers"] == Json::object());
}

TEST_CASE("privileges and restart policies are asked of the engine as the document says") {
    const Deployed shop("asked");
    Json root = container("root");
    root["is_privileged"] = true;
    Json always = container("always");
    always["restart"] = "always";
    Json tries = container("tries");
    tries["restart"] = "on-failure:3";
    Json once = container("once");
    once["restart"] = "no";
    // Whether a privileged container can start depends on where the engine runs.
    (void)shop.up({{"containers", {root, always, tries, once}}});
    CHECK(made("asked.root.1")["HostConfig"]["Privileged"] == true);
    const auto policy = [](const std::string& id) {
        return made("asked." + id + ".1")["HostConfig"]["RestartPolicy"];
    };
    CHECK(policy("always") == Json{{"Name", "always"}, {"MaximumRetryCount", 0}});
    CHECK(policy("tries") == Json{{"Name", "on-failure"}, {"MaximumRetryCount", 3}});
    CHECK(policy("once") == Json{{"Name", "no"}, {"MaximumRetryCount", 0}});
}
