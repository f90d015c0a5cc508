// Status where checks, jobs and candidates have a say.

#include "catch.hpp"
#include "plan/status.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;
using namespace std::chrono_literals;

namespace {

std::string status(const World& world) {
    const ApplianceStatus status = derive_status(world.appliance.id, world.observed, "127.0.0.1");
    std::string text(name(status.state));
    for (const ContainerStatus& container : status.containers) {
        text +=
            fmt::format("\n{} {} {}/{}{}{}", container.id, name(container.state), container.running,
                        container.desired,
                        container.exit_code ? fmt::format(" exit {}", *container.exit_code) : "",
                        container.reason.empty() ? "" : " (" + container.reason + ")");
    }
    return text;
}

World checked(int instances, double capacity) {
    World world({service("web")});
    appliance::Container& web = world.container("web");
    web.instances = instances;
    web.minimum_capacity = capacity;
    web.health_check = appliance::HealthCheck{.probe = appliance::TcpCheck{80}, .grace = 60s};
    world.deployed();
    for (ObservedInstance& instance : world.observed.instances) {
        instance.up_for = 10s;
        instance.check = CheckResult{true, ""};
    }
    return world;
}

}  // namespace

TEST_CASE("a check that fails is pending within the grace period and failed after it") {
    World world = checked(1, 1);
    world.instance("web.1").check = CheckResult{false, "connection refused"};
    CHECK(status(world) == "pending\nweb pending 0/1 (its check: connection refused)");
    world.instance("web.1").up_for = 60s;
    CHECK(status(world) == "failed\nweb failed 0/1 (its check: connection refused)");
}

TEST_CASE("the engine's own clock says better how long a container runs") {
    World world = checked(1, 1);
    world.instance("web.1").check = CheckResult{false, "connection refused"};
    world.instance("web.1").up_for = 0s;
    world.instance("web.1").detail = InstanceDetail{};
    world.instance("web.1").detail->age = 61s;
    CHECK(status(world) == "failed\nweb failed 0/1 (its check: connection refused)");
    world.instance("web.1").up_for = 120s;
    world.instance("web.1").detail->age = 59s;
    CHECK(status(world) == "pending\nweb pending 0/1 (its check: connection refused)");
}

TEST_CASE("what started a moment ago is pending, be it without a grace period") {
    World world({service("web")});
    world.container("web").health_check =
        appliance::HealthCheck{.probe = appliance::TcpCheck{80}, .grace = 0s};
    world.deployed().instance("web.1").check = CheckResult{false, "connection refused"};
    world.instance("web.1").up_for = 1s;
    CHECK(status(world) == "pending\nweb pending 0/1 (its check: connection refused)");
    world.instance("web.1").up_for = 10s;
    CHECK(status(world) == "failed\nweb failed 0/1 (its check: connection refused)");
}

TEST_CASE("what `up` stopped because its check did not pass failed by that, not by its exit") {
    World world = checked(1, 1);
    ObservedInstance& web = world.instance("web.1");
    web.state = RunState::exited;
    for (const int code : {0, 137, 143}) {
        web.detail = InstanceDetail{code, false, "", 0, "no"};
        CHECK(status(world) == "failed\nweb failed 0/1 (unhealthy: its check did not pass)");
    }
    web.detail = InstanceDetail{1, false, "", 0, "no"};
    CHECK(status(world) == "failed\nweb failed 0/1 (exit code 1)");
    web.detail = InstanceDetail{137, false, "", 0, "unless-stopped"};
    CHECK(status(world) == "killed\nweb killed 0/1 (was stopped)");
}

TEST_CASE("as many instances as must be healthy make the container run") {
    World world = checked(3, 0.5);
    world.instance("web.2").check = CheckResult{false, "status 500"};
    CHECK(status(world) == "running\nweb running 2/3 (instance 2: its check: status 500)");
    world.instance("web.3").check = CheckResult{false, "status 500"};
    CHECK(status(world) == "pending\nweb pending 1/3 (instances 2 and 3: its check: status 500)");
}

TEST_CASE("an unhealthy container shows the last line of its check") {
    World world({service("web")});
    world.container("web").health_check =
        appliance::HealthCheck{.probe = appliance::CommandCheck{"false"}};
    world.deployed();
    world.instance("web.1").health = Health::starting;
    CHECK(status(world) == "pending\nweb pending 0/1 (its check has not passed yet)");
    world.instance("web.1").health = Health::unhealthy;
    world.instance("web.1").detail =
        InstanceDetail{0, false, "", 0, "unless-stopped", "loading\nno route to db\n"};
    CHECK(status(world) == "failed\nweb failed 0/1 (unhealthy: no route to db)");
}

TEST_CASE("an image's own check holds nobody up, but counts when it has failed") {
    World world({service("web")});
    world.deployed();
    world.instance("web.1").health = Health::starting;
    CHECK(status(world) == "running\nweb running 1/1");
    world.instance("web.1").health = Health::unhealthy;
    CHECK(status(world) == "failed\nweb failed 0/1 (unhealthy)");
}

TEST_CASE("a job is where it should be once it exited 0, and says how often it tried") {
    World world({service("web")});
    world.container("web").type = appliance::ContainerType::job;
    world.container("web").restart = {appliance::Restart::Policy::on_failure, 1};
    ObservedInstance& job = world.deployed().instance("web.1");
    CHECK(status(world) == "pending\nweb running 1/1");
    job.state = RunState::exited;
    job.exit_code = 0;
    CHECK(status(world) == "success\nweb success 0/1 exit 0");
    job.exit_code = 9;
    job.detail = InstanceDetail{9, false, "", 1, "on-failure", ""};
    CHECK(status(world) == "failed\nweb failed 0/1 exit 9 (exit code 9 after 2 tries)");
    job.exit_code = 143;
    job.detail = InstanceDetail{143, false, "", 0, "on-failure", ""};
    CHECK(status(world) == "killed\nweb killed 0/1 exit 143 (was stopped)");
}

TEST_CASE("while it is replaced, an instance is what the old one is, or on its way") {
    World world({service("web")});
    world.deployed();
    ObservedInstance candidate = world.instance("web.1");
    candidate.role = Role::candidate;
    candidate.state = RunState::created;
    world.observed.instances.push_back(candidate);
    CHECK(status(world) == "running\nweb running 1/1");
    world.observed.instances[0].state = RunState::exited;
    world.observed.instances[1].state = RunState::running;
    CHECK(status(world) == "pending\nweb pending 0/1 (its update is not finished)");
}

TEST_CASE("a member without a check has no health, whatever `up` saw of it") {
    World world({service("web")});
    world.deployed().instance("web.1").check = CheckResult{true, ""};
    const auto health = [&] {
        return derive_status(world.appliance.id, world.observed, "127.0.0.1")
            .containers.front()
            .members.front()
            .health;
    };
    CHECK(health() == Health::none);
    world.container("web").health_check =
        appliance::HealthCheck{.probe = appliance::CommandCheck{"true"}};
    world.deployed().instance("web.1").check = CheckResult{true, ""};
    world.instance("web.1").health = Health::unhealthy;
    CHECK(health() == Health::healthy);
}
