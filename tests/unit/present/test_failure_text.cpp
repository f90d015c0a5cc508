#include <csignal>

#include "catch.hpp"
#include "present/failure_text.hpp"
#include "unit/present/values.hpp"

using namespace values;
using present::explain;
using present::Subject;
using present::to_text;

namespace {

const diagnostics::Source source("appliance.json", "{\n  \"db\": 1,\n  \"web\": 2\n}\n");
constexpr diagnostics::Span at_db{4, 8};

const appliance::Appliance shop = [] {
    auto db = container("db");
    db.where = at_db;
    db.resources.mem = 512;
    auto many = container("worker");
    many.instances = 3;
    return appliance_of("shop", {db, container("web"), many});
}();

std::string text(const apply::Failure& failure, Subject::Command command = Subject::Command::up) {
    return to_text(explain(failure, {command, shop.id, &shop, &source}), {});
}

apply::InstanceFailed exited(const std::string& name, int code) {
    apply::InstanceFailed failed;
    failed.instance = instance(name);
    failed.exit_code = code;
    failed.where = name == "db" ? at_db : diagnostics::Span{};
    return failed;
}

}  // namespace

TEST_CASE(
    "a container that exited shows its place, its last words and what was not started because of "
    "it") {
    auto db = exited("db", 7);
    db.last_log_lines = {"FATAL: data directory \"/data\" has wrong ownership"};
    db.not_started = {id("web"), id("proxy")};
    CHECK(text(apply::NotReady{{db}, {}}) ==
          "error: `db` exited with code 7\n"
          "  --> appliance.json:2:3\n"
          "  last lines of its log:\n"
          "  | FATAL: data directory \"/data\" has wrong ownership\n"
          "  not started because of it: `web`, `proxy`\n"
          "hint: what runs was left running; run `pivot up` again once it is mended, or `pivot "
          "down shop`\n");
}

TEST_CASE("what was found before anything is changed says what to do") {
    CHECK(text(apply::UnknownState{"shop.db.1", "dreaming"}) ==
          "error: container `shop.db.1` is in the state `dreaming`, which this `pivot` does not "
          "know\n"
          "hint: nothing was changed; bring `pivot` up to date, or remove the container with "
          "`docker rm -f shop.db.1`\n");
    CHECK(text(apply::HostFoldersMissing{{{"/srv/data", id("db"), at_db}}}) ==
          "error: container `db` is to see `/srv/data`, which the engine's machine does not have\n"
          "  --> appliance.json:2:3\n"
          "hint: nothing was changed; make it there with `mkdir -p /srv/data`, or write another "
          "path\n");
    CHECK(text(apply::SubnetTooSmall{"pivot-shop", "10.1.2.0/28", 7, 9}) ==
          "error: the network `pivot-shop` (10.1.2.0/28) has 7 fixed addresses to give, and 9 are "
          "needed by what containers in `host` mode name\n"
          "hint: lower `instances`, or give the engine larger networks: `default-address-pools` in "
          "its daemon.json\n");
}

TEST_CASE("what a container logged reaches no terminal raw, and its colours are left out") {
    auto web = exited("web", 1);
    web.last_log_lines = {"\x1b[1;31mfatal\x1b[0m: no\r", "\x1b]0;title\x07"};
    CHECK(text(apply::NotReady{{web}, {}}) ==
          "error: `web` exited with code 1\n"
          "  last lines of its log:\n"
          "  | fatal: no\n"
          "  | \\x1b]0;title\\x07\n"
          "hint: what runs was left running; run `pivot up` again once it is mended, or `pivot "
          "down shop`\n");
}

TEST_CASE("several containers that failed are told one after the other") {
    CHECK(text(apply::NotReady{{exited("db", 1), exited("web", 127)}, {}}) ==
          "error: `db` exited with code 1\n"
          "  --> appliance.json:2:3\n"
          "\n"
          "error: `web` exited with code 127 (its program was not found)\n"
          "hint: check `cmd` and `args` against what the image has\n");
}

TEST_CASE("each that failed names what it kept from starting, and nobody is blamed for the rest") {
    auto db = exited("db", 1);
    db.not_started = {id("web")};
    auto queue = exited("queue", 2);
    queue.not_started = {id("report"), id("web")};
    CHECK(text(apply::NotReady{{db, queue}, {id("other")}}) ==
          "error: `db` exited with code 1\n"
          "  --> appliance.json:2:3\n"
          "  not started because of it: `web`\n"
          "\n"
          "error: `queue` exited with code 2\n"
          "  not started because of it: `report`, `web`\n"
          "  not started either: `other`\n"
          "hint: what runs was left running; run `pivot up` again once it is mended, or `pivot "
          "down shop`\n");
}

TEST_CASE("a line without end is cut, and it is said how much of it is left out") {
    auto web = exited("web", 3);
    web.last_log_lines = {std::string(65'536, 'x'), "é" + std::string(299, 'y'),
                          std::string(299, 'z') + "集群"};
    CHECK(text(apply::NotReady{{web}, {}}) ==
          "error: `web` exited with code 3\n"
          "  last lines of its log:\n"
          "  | " +
              std::string(299, 'x') +
              "… (65237 more characters)\n"
              "  | é" +
              std::string(299, 'y') +
              "\n"
              "  | " +
              std::string(299, 'z') +
              "… (2 more characters)\n"
              "hint: what runs was left running; run `pivot up` again once it is mended, or `pivot "
              "down shop`\n");
}

TEST_CASE("a program that could not be begun is told so, not only with its exit code") {
    auto web = exited("web", 1);
    web.last_log_lines = {"exec /entry.sh: no such file or directory"};
    CHECK(text(apply::NotReady{{web}, {}}) ==
          "error: `web` exited with code 1: its program, or the interpreter that its first line "
          "names, is not in the image\n"
          "  last lines of its log:\n"
          "  | exec /entry.sh: no such file or directory\n"
          "hint: look at the script's first line: with Windows line ends (CRLF) it names no "
          "program\n");
    web.last_log_lines = {"exec /bin/true: argument list too long"};
    CHECK(text(apply::NotReady{{web}, {}}) ==
          "error: `web` exited with code 1: its arguments and environment are too long\n"
          "  last lines of its log:\n"
          "  | exec /bin/true: argument list too long\n"
          "hint: one of them may have 128 KiB: put what is longer in a file, and mount that\n");
}

TEST_CASE("of several instances the one that failed is named") {
    auto second = exited("worker", 3);
    second.instance.number = 2;
    CHECK(text(apply::NotReady{{second}, {}}) ==
          "error: `worker.2` exited with code 3\n"
          "hint: what runs was left running; run `pivot up` again once it is mended, or `pivot "
          "down shop`\n");
}

TEST_CASE("a container that ran out of memory is told with its limit") {
    auto db = exited("db", 137);
    db.oom_killed = true;
    CHECK(text(apply::NotReady{{db}, {}}) ==
          "error: `db` needed more memory than its 512 MiB and was killed\n"
          "  --> appliance.json:2:3\n"
          "hint: raise its `mem`, or make it use less\n");
}

TEST_CASE("a service that ended well is told that it should go on running") {
    CHECK(text(apply::NotReady{{exited("web", 0)}, {}}) ==
          "error: `web` exited with code 0\n"
          "hint: a service is to go on running; what runs to its end is a `job`\n");
}

TEST_CASE("a start that the engine refused is explained where it is well known") {
    apply::InstanceFailed web;
    web.instance = instance("web");
    web.how = apply::InstanceFailed::How::start_refused;
    web.message =
        "driver failed programming external connectivity on endpoint shop.web.1: Error starting "
        "userland proxy: listen "
        "tcp4 0.0.0.0:8080: bind: address already in use";
    CHECK(text(apply::NotReady{{web}, {}}) ==
          "error: `web` could not be started: a program outside the engine holds host port 8080\n"
          "  the engine says: listen tcp4 0.0.0.0:8080: bind: address already in use\n"
          "hint: find it with `ss -lntup 'sport = :8080'`, or leave out `host_port` and the engine "
          "picks a free one\n");
    web.how = apply::InstanceFailed::How::create_refused;
    web.message = "something new";
    CHECK(text(apply::NotReady{{web}, {}}) ==
          "error: `web` could not be created: something new\n"
          "hint: what runs was left running; run `pivot up` again once it is mended, or `pivot "
          "down shop`\n");
}

TEST_CASE("an image that cannot be pulled shows the registry's words and where it stands") {
    using Why = apply::ImageUnavailable::Why;
    CHECK(text(apply::ImagesUnavailable{
              {{"127.0.0.1:5000/shop:2", Why::pull_failed, "manifest unknown", at_db}}}) ==
          "error: image `127.0.0.1:5000/shop:2` cannot be pulled: manifest unknown\n"
          "  --> appliance.json:2:3\n"
          "hint: nothing was changed; check the name and the tag\n");
    CHECK(text(apply::ImagesUnavailable{{{"shop:2", Why::never_pulled, "", at_db}}}) ==
          "error: image `shop:2` is not on this engine, and --pull never forbids to pull it\n"
          "  --> appliance.json:2:3\n"
          "hint: nothing was changed; leave out --pull never, or bring the image with `docker "
          "load`\n");
}

TEST_CASE("every image that cannot be pulled is told, those too of which the engine says nothing") {
    using Why = apply::ImageUnavailable::Why;
    CHECK(text(apply::ImagesUnavailable{
              {{"shop:2", Why::pull_failed, "manifest unknown", at_db},
               {"shop:3", Why::call_failed, "", at_db,
                engine::Broken{"POST /images/create", "it was closed"}}}}) ==
          "error: image `shop:2` cannot be pulled: manifest unknown\n"
          "  --> appliance.json:2:3\n"
          "hint: nothing was changed; check the name and the tag\n"
          "\nerror: could not pull the image `shop:3`: the engine did not finish `POST "
          "/images/create`: it was closed\n"
          "  --> appliance.json:2:3\n"
          "hint: `systemctl status docker` tells how it is; then run the same command again\n");
}

TEST_CASE("a port that another container holds is told with its holder") {
    CHECK(text(apply::PortTaken{8080, appliance::Protocol::tcp, "web-1", "nginx:1.27", at_db}) ==
          "error: host port 8080/tcp is taken by container `web-1` (nginx:1.27)\n"
          "  --> appliance.json:2:3\n"
          "hint: stop it with `docker stop web-1`, or leave out `host_port` and the engine picks a "
          "free one\n");
}

TEST_CASE("a program on the host's network is not told that the engine could pick its port") {
    auto web = container("web");
    web.network_mode = appliance::NetworkMode::host;
    web.ports = {{8080, 8080, appliance::Protocol::tcp, "", "", at_db}};
    const auto appliance = appliance_of("shop", {container("db"), web});
    const apply::PortTaken taken{8080, appliance::Protocol::tcp, "web-1", "nginx:1.27", at_db};
    CHECK(to_text(explain(taken, {Subject::Command::up, shop.id, &appliance, &source}), {}) ==
          "error: host port 8080/tcp is taken by container `web-1` (nginx:1.27)\n"
          "  --> appliance.json:2:3\n"
          "hint: stop it with `docker stop web-1`, or let the program listen on another port: on "
          "the `host` network each needs one of its own\n");
}

TEST_CASE("a name that something else has is told with a way out") {
    CHECK(text(apply::NameTaken{apply::NameTaken::What::network, "pivot-shop"}) ==
          "error: a network called `pivot-shop` is there already and does not belong to this "
          "appliance\n"
          "hint: remove it with `docker network rm pivot-shop`, or give the appliance another "
          "`id`\n");
}

TEST_CASE("a timeout says which limit passed and what is not ready") {
    CHECK(text(apply::TimedOut{std::chrono::seconds(60), {id("db"), id("web")}, {}}) ==
          "error: `db`, `web` are not ready after 60 s (--timeout)\n"
          "  --> appliance.json:2:3\n"
          "hint: what runs was left running; run `pivot up` again to go on waiting, or allow more "
          "time\n");
    CHECK(text(apply::TimedOut{std::chrono::milliseconds(1500), {}, {"spark:3"}}) ==
          "error: image `spark:3` is not here yet after 1.5 s (--timeout)\n"
          "hint: nothing was changed; allow more time, or pull beforehand with `docker pull`\n");
}

TEST_CASE("an interrupt says what stands and how to go on") {
    CHECK(text(apply::Interrupted{SIGINT, false}) == "interrupted: nothing was changed\n");
    CHECK(text(apply::Interrupted{SIGINT, true}) ==
          "interrupted: what was started stays; run `pivot up` again and it goes on from there\n");
    CHECK(text(apply::Interrupted{SIGTERM, true}, Subject::Command::down) ==
          "terminated: part of it is gone; `pivot down shop` takes the rest away\n");
}

TEST_CASE("an appliance that is not there is told with how to see those that are") {
    CHECK(text(apply::NoSuchAppliance{appliance::ApplianceId("shop")}) ==
          "error: no appliance `shop` on this engine\n"
          "hint: `pivot status` lists those that are there\n");
}

TEST_CASE("a call that failed is told with what it was for") {
    CHECK(
        text(apply::CallFailed{
            "create the network `pivot-shop`",
            engine::Refused{400, "all predefined address pools have been fully subnetted"}}) ==
        "error: could not create the network `pivot-shop`: the engine has no addresses left for "
        "another network\n"
        "  the engine says: all predefined address pools have been fully subnetted\n"
        "hint: free some with `docker network prune`, or give it more: `default-address-pools` in "
        "/etc/docker/daemon.json\n");
    CHECK(text(apply::CallFailed{"list containers", engine::Refused{500, "it hurts"}}) ==
          "error: could not list containers: it hurts\n");
}
