#include "plan/status.hpp"

#include "catch.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

namespace {

std::string text(const ApplianceStatus& status) {
    std::string result = fmt::format("{} {}", status.id, name(status.state));
    if (status.record == ApplianceStatus::RecordState::lost) {
        result += ", record lost";
    } else if (status.record == ApplianceStatus::RecordState::unfinished) {
        result += ", unfinished";
    }
    for (const ContainerStatus& container : status.containers) {
        result +=
            fmt::format("\n{} {} {}/{}{}", container.id, name(container.state), container.running,
                        container.desired, container.in_record ? "" : " not in the record");
        for (const Endpoint& endpoint : container.endpoints) {
            result += fmt::format(
                " {}:{}->{}{}#{}", endpoint.host, endpoint.host_port, endpoint.container_port,
                endpoint.name.empty() ? "" : " " + endpoint.name, endpoint.instance);
        }
        if (!container.reason.empty()) {
            result += fmt::format(" ({})", container.reason);
        }
    }
    return result;
}

std::string status(const World& world) {
    return text(derive_status(world.appliance.id, world.observed, "127.0.0.1"));
}

InstanceDetail ended(int exit_code, const std::string& policy) {
    return {exit_code, false, "", 0, policy, ""};
}

}  // namespace

TEST_CASE("a state that nobody knows is told in the engine's own word") {
    World world({service("db")});
    ObservedInstance& db = world.deployed().instance("db.1");
    db.state = RunState::unknown;
    db.state_word = "dreaming";
    const ApplianceStatus status = derive_status(world.appliance.id, world.observed, "127.0.0.1");
    CHECK(status.state == State::failed);
    CHECK(status.containers.front().reason ==
          "is in the state `dreaming`, which pivot does not know");
}

TEST_CASE("everything runs: containers in document order, endpoints in port order") {
    World world({service("web"), service("db")});
    world.container("web").ports = {{443, 0, appliance::Protocol::tcp, "tls", "", {}},
                                    {80, 8080, appliance::Protocol::tcp, "", "", {}}};
    world.deployed();
    CHECK(status(world) ==
          "shop running\n"
          "web running 1/1 127.0.0.1:8080->80#1 127.0.0.1:32768->443 tls#1\n"
          "db running 1/1");
}

TEST_CASE("the twins of IPv4 and IPv6 are one endpoint, a bound address is its own host") {
    World world({service("web")});
    world.deployed().instance("web.1").ports = {{"::", 32770, 80, appliance::Protocol::tcp},
                                                {"0.0.0.0", 32770, 80, appliance::Protocol::tcp},
                                                {"10.0.0.9", 81, 81, appliance::Protocol::tcp},
                                                {"::", 32771, 82, appliance::Protocol::tcp}};
    CHECK(status(world) ==
          "shop running\n"
          "web running 1/1 127.0.0.1:32770->80#1 10.0.0.9:81->81#1 127.0.0.1:32771->82#1");
}

TEST_CASE("an instance that is missing shows, and so does a container of which none is there") {
    World world({service("web"), service("db")});
    world.container("web").instances = 3;
    world.deployed();
    std::erase_if(world.observed.instances, [](const ObservedInstance& instance) {
        return to_string(instance.instance) == "web.2" || to_string(instance.instance) == "db.1";
    });
    CHECK(status(world) ==
          "shop submitted\n"
          "web submitted 2/3 (instance 2: is not there)\n"
          "db submitted 0/1");
}

TEST_CASE("every instance that is missing is named, many are counted") {
    World world({service("web")});
    world.container("web").instances = 5;
    world.deployed();
    const auto lose = [&](const std::string& name) {
        std::erase_if(world.observed.instances, [&](const ObservedInstance& instance) {
            return to_string(instance.instance) == name;
        });
    };
    lose("web.2");
    lose("web.3");
    CHECK(status(world) == "shop submitted\nweb submitted 3/5 (instances 2 and 3: are not there)");
    lose("web.4");
    CHECK(status(world) ==
          "shop submitted\nweb submitted 2/5 (instances 2, 3 and 4: are not there)");
    lose("web.5");
    CHECK(status(world) ==
          "shop submitted\nweb submitted 1/5 (instances 2, 3, 4 and 1 more: are not there)");
}

TEST_CASE("instances that failed in several ways are told of apart, many ways are counted") {
    World world({service("web")});
    world.container("web").instances = 5;
    world.deployed();
    int code = 1;
    for (ObservedInstance& instance : world.observed.instances) {
        instance.state = RunState::exited;
        instance.detail = ended(code < 3 ? 1 : code, "no");
        ++code;
    }
    world.instance("web.5").state = RunState::paused;
    CHECK(status(world) ==
          "shop failed\nweb failed 0/5 (instances 1 and 2: exit code 1; instance 3: exit code 3; "
          "1 more)");
}

TEST_CASE("a container's members are the engine's containers, each with its own state") {
    World world({service("web")});
    world.container("web").instances = 2;
    world.deployed().instance("web.1").health = Health::starting;
    world.instance("web.1").address = "172.18.0.2";
    world.instance("web.1").image_id = "sha256:1";
    ObservedInstance& second = world.instance("web.2");
    second.state = RunState::exited;
    second.detail = ended(7, "no");
    second.detail->restart_count = 3;
    const auto members =
        derive_status(world.appliance.id, world.observed, "127.0.0.1").containers[0].members;
    REQUIRE(members.size() == 2);
    CHECK(members[0].instance == 1);
    CHECK(members[0].name == "shop.web.1");
    CHECK(members[0].engine_id == "id-web.1");
    CHECK(members[0].state == State::running);
    CHECK(members[0].reason.empty());
    CHECK(members[0].health == Health::starting);
    CHECK(members[0].address == "172.18.0.2");
    CHECK(members[0].image_id == "sha256:1");
    CHECK_FALSE(members[0].restarts);
    CHECK(members[1].state == State::failed);
    CHECK(members[1].reason == "exit code 7");
    CHECK(members[1].restarts == 3);
    CHECK(members[1].health == Health::none);
}

TEST_CASE("the worst container is the appliance's state") {
    World world({service("web"), service("db"), service("cron")});
    world.deployed();
    world.instance("db.1").state = RunState::exited;
    world.instance("db.1").detail = ended(143, "unless-stopped");
    CHECK(status(world) ==
          "shop killed\n"
          "web running 1/1\n"
          "db killed 0/1 (was stopped)\n"
          "cron running 1/1");
    world.instance("cron.1").state = RunState::exited;
    world.instance("cron.1").detail = ended(7, "no");
    CHECK(status(world) ==
          "shop failed\n"
          "web running 1/1\n"
          "db killed 0/1 (was stopped)\n"
          "cron failed 0/1 (exit code 7)");
}

TEST_CASE("a container between two crashes has failed, seen up or down") {
    World world({service("web")});
    world.deployed().instance("web.1").state = RunState::restarting;
    world.instance("web.1").detail = ended(3, "unless-stopped");
    CHECK(status(world) ==
          "shop failed\n"
          "web failed 0/1 (keeps failing: exit code 3)");
    world.instance("web.1").state = RunState::running;
    world.instance("web.1").detail->restart_count = 4;
    CHECK(status(world) ==
          "shop failed\n"
          "web failed 0/1 (restarted 4 times, it may be in a crash loop)");
}

TEST_CASE("what was created and not started is pending, what could not be started failed") {
    World world({service("web")});
    world.deployed().instance("web.1").state = RunState::created;
    CHECK(status(world) == "shop pending\nweb pending 0/1");
    world.instance("web.1").detail = InstanceDetail{127, false, "no such file: /bin/nope", 0, "no"};
    CHECK(status(world) == "shop failed\nweb failed 0/1 (no such file: /bin/nope)");
}

TEST_CASE("out of memory is said") {
    World world({service("web")});
    world.deployed().instance("web.1").state = RunState::exited;
    world.instance("web.1").detail = InstanceDetail{137, true, "", 0, "no"};
    CHECK(status(world) == "shop failed\nweb failed 0/1 (out of memory)");
}

TEST_CASE("a container without instances is where it should be") {
    World world({service("web")});
    world.container("web").instances = 0;
    CHECK(status(world.deployed()) == "shop running\nweb running 0/0");
}

TEST_CASE("without the record, what runs is shown by its own labels") {
    World world({service("web"), service("db")});
    world.container("web").instances = 2;
    world.deployed().observed.records.clear();
    world.observed.instances.erase(world.observed.instances.begin());
    CHECK(status(world) ==
          "shop submitted, record lost\n"
          "db running 1/1\n"
          "web submitted 1/2 (instance 1: is not there)");
}

TEST_CASE("an orphan that was kept is shown after the rest") {
    World world({service("web"), service("old")});
    world.deployed();
    world.appliance.containers.pop_back();
    world.observed.records = {{"pivot.shop.2", 2, to_text(world.record())}};
    CHECK(status(world) ==
          "shop running\n"
          "web running 1/1\n"
          "old running 1/1 not in the record");
}

TEST_CASE("two records mean that the last up did not come to its end") {
    World world({service("web")});
    world.deployed();
    world.container("web").env["A"] = "1";
    world.observed.records.push_back({"pivot.shop.2", 2, to_text(world.record())});
    CHECK(status(world) ==
          "shop running, unfinished\n"
          "web running 1/1 (the last update failed or is not finished: the old one runs)");
}
