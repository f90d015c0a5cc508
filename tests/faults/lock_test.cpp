// The lock between pivots: who may speak on it, and when it is the same one.

#include <filesystem>
#include <memory>

#include "catch.hpp"
#include "faults/proxy.hpp"
#include "faults/stranger.hpp"
#include "faults/trial.hpp"

using namespace faults;
using support::container;
using support::Ended;
using support::job;
using support::Process;

namespace {

// An appliance whose `up` lasts until it is let go.
class Gate {
public:
    explicit Gate(std::string id) : id_(std::move(id)) { wipe(id_); }
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;
    ~Gate() { wipe(id_); }

    [[nodiscard]] Command up(const std::vector<Json>& others = {}) const {
        std::vector<Json> containers = others;
        containers.push_back(job("gate", "until test -e /open; do sleep 0.05; done"));
        return faults::up({{"id", id_}, {"containers", containers}});
    }
    // Of an `up` that is under way.
    [[nodiscard]] std::string lock() const {
        std::string lock;
        const bool found = support::eventually([&] {
            for (const std::string& name : lock_names()) {
                lock = name.ends_with("/" + id_) ? name : lock;
            }
            return !lock.empty();
        });
        if (!found) {
            throw std::runtime_error("nobody has the lock of " + id_);
        }
        return lock;
    }
    void open() const { support::engine_exec(id_ + ".gate.1", {"touch", "/open"}); }

private:
    std::string id_;
};

}  // namespace

TEST_CASE("a user without rights on the engine cannot end an up") {
    const Gate gate("not-yours");
    const auto process = start(gate.up());
    process->wait_for_error_output("started gate");
    stranger_says(gate.lock(), "down 1\n");
    gate.open();
    const Ended ended = process->wait();
    INFO(ended.err);
    CHECK(ended.code == 0);
}

TEST_CASE("a user without rights on the engine who has the lock's name blocks nobody") {
    const Gate gate("squatted");
    std::string lock;
    {
        const auto process = start(gate.up());
        process->wait_for_error_output("started gate");
        lock = gate.lock();
        gate.open();
        REQUIRE(process->wait().code == 0);
    }
    std::unique_ptr<Stranger> stranger;
    std::string who;
    SECTION("by listening on it") {
        stranger = std::make_unique<Stranger>(lock, Stranger::Takes::listen);
        who = "process " + std::to_string(stranger->pid()) +
              " of user 65534, which has no rights on this engine,";
    }
    SECTION("by a mere bind") {
        stranger = std::make_unique<Stranger>(lock, Stranger::Takes::bind);
        who = "a process that does not answer";
    }
    const Ended ended = run(down("squatted"));
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.err.starts_with("warning: " + who +
                                " has taken the name of the lock of `squatted`: going on without "
                                "the lock\n"
                                "hint: see that no other `pivot` changes it at the same time\n"));
}

TEST_CASE("an up from before a restart of the engine and one from after it exclude each other") {
    const Gate gate("restarted");
    const Proxy before;
    const auto first = start(gate.up(), before.url());
    first->wait_for_error_output("started gate");
    const std::string lock = gate.lock();
    // What a restart does: the same path, another socket.
    const Proxy after;
    const auto path = [](const Proxy& proxy) { return proxy.url().substr(7); };
    std::filesystem::rename(path(after), path(before));
    const auto second = start(gate.up({container("more")}), before.url());
    second->wait_for_error_output("waiting for another pivot at this appliance");
    gate.open();
    const Ended ended = first->wait();
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(second->wait().code == 0);
}
