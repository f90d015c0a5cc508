// Several commands in one process, each in a thread of its own with its own run.

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "appliance/read.hpp"
#include "apply/commands.hpp"
#include "catch.hpp"
#include "support/engine.hpp"

using support::container;
using support::Deployed;
using support::Json;

namespace {

// A thread's command: it can be asked to stop.
class Command {
public:
    // Calls `work` with a run that is connected, in a thread of its own.
    explicit Command(const std::function<void(apply::Run&)>& work)
        : thread_([this, work] {
              base::Reactor reactor;
              apply::SilentListener listener;
              apply::Run run(reactor, listener, stop_, std::chrono::minutes(1));
              const char* const host = std::getenv("DOCKER_HOST");
              const auto connected = run.connect(engine::Address::parse(host).value());
              if (connected && *connected) {
                  work(run);
              }
          }) {}

    void stop() { stop_.stop(); }
    void join() { thread_.join(); }

private:
    apply::StopRequest stop_;
    std::jthread thread_;
};

std::optional<apply::Failure> up(apply::Run& run, const Json& document) {
    const auto read = appliance::read(diagnostics::Source("document", document.dump()));
    return apply::up(run, *read.appliance, {}, "").failure;
}

Json checked(const std::string& id) {
    Json web =
        container("web", "exec nc -ll -p 80 -e sh -c 'printf \"HTTP/1.1 200 OK\\r\\n\\r\\n\"'");
    web["ports"] = {{{"container_port", 80}}};
    web["health_check"] = {{"protocol", "HTTP"}, {"interval_seconds", 1}};
    return {{"id", id}, {"containers", {web, container("db")}}};
}

}  // namespace

TEST_CASE("commands in threads of one process do not get in each other's way") {
    const Deployed first("threads-first");
    const Deployed second("threads-second");
    std::atomic<int> good = 0;
    std::atomic<bool> all_up = false;
    std::atomic<bool> looked = false;
    const auto bring_up = [&](const std::string& id) {
        return [&, id](apply::Run& run) { good += up(run, checked(id)) ? 0 : 1; };
    };
    Command up_first(bring_up(first.id()));
    Command up_second(bring_up(second.id()));
    Command status([&](apply::Run& run) {
        bool every_look_good = true;
        do {
            every_look_good = every_look_good && apply::status_of_all(run, "").has_value();
        } while (!all_up);
        looked = every_look_good;
    });
    up_first.join();
    up_second.join();
    all_up = true;
    status.join();
    CHECK(good == 2);
    CHECK(looked);
    CHECK(first.status()["containers"][0]["state"] == "running");
    CHECK(second.status()["containers"][0]["state"] == "running");
}

TEST_CASE("a command in a thread ends when it is asked to stop, and the others go on") {
    const Deployed first("threads-stopped");
    const Deployed second("threads-going-on");
    std::optional<apply::Failure> of_first;
    std::optional<apply::Failure> of_second;
    std::atomic<bool> second_ended = false;
    const auto with_job = [](const std::string& id, const std::string& line) {
        return Json{{"id", id}, {"containers", {support::job("work", line)}}};
    };
    Command stopped(
        [&](apply::Run& run) { of_first = up(run, with_job(first.id(), "sleep 1000")); });
    Command going_on([&](apply::Run& run) {
        of_second = up(run, with_job(second.id(), "until test -e /go; do sleep 0.1; done"));
        second_ended = true;
    });
    const auto runs = [](const Deployed& appliance) {
        const Json status = appliance.status();
        return status.contains("containers") && status["containers"][0]["state"] == "running";
    };
    CHECK(support::eventually([&] { return runs(first) && runs(second); }));
    stopped.stop();
    stopped.join();
    CHECK_FALSE(second_ended);
    support::engine_exec("threads-going-on.work.1", {"touch", "/go"});
    going_on.join();
    REQUIRE(of_first);
    const auto* const interrupted = std::get_if<apply::Interrupted>(&*of_first);
    REQUIRE(interrupted != nullptr);
    CHECK(interrupted->signal == SIGTERM);
    CHECK(interrupted->changed);
    CHECK_FALSE(of_second);
}
