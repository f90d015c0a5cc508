#pragma once

#include <string>
#include <utility>
#include <vector>

#include "faults/fault.hpp"
#include "faults/trial.hpp"

// Appliances of one container, `web`, for tests of what an `up` meets half way.
namespace faults {

// Of an appliance whose document a test changes step by step; gone at its end.
class Halfway {
public:
    explicit Halfway(std::string id) : id_(std::move(id)) { wipe(id_); }
    Halfway(const Halfway&) = delete;
    Halfway& operator=(const Halfway&) = delete;
    ~Halfway() { wipe(id_); }

    [[nodiscard]] Command up(Json web, std::vector<std::string> options = {}) const {
        options.insert(options.end(), {"--timeout", "30s"});
        return faults::up({{"id", id_}, {"containers", {std::move(web)}}}, std::move(options));
    }
    [[nodiscard]] Json web(int number = 1) const {
        return detail(".web." + std::to_string(number));
    }
    [[nodiscard]] Json candidate() const { return detail(".web.1.next"); }

private:
    [[nodiscard]] Json detail(const std::string& name) const {
        return support::engine_get("/containers/" + id_ + name + "/json");
    }

    std::string id_;
};

inline Json version(const std::string& number) {
    Json web = support::container("web");
    web["env"] = {{"VERSION", number}};
    return web;
}

// Ready when /ready is there.
inline Json ready_later(Json web) {
    web["health_check"] = {
        {"command", "test -e /ready"}, {"interval_seconds", 1}, {"grace_period_seconds", 60}};
    return web;
}

inline Fault fault(Kind kind, const std::string& target) {
    Fault fault;
    fault.kind = kind;
    fault.target = target;
    return fault;
}

}  // namespace faults
