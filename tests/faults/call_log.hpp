#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "faults/fault.hpp"

namespace faults {

struct Call {
    std::string method;
    std::string target;
    int status = 0;       // the engine's; 0: no reply, or not yet
    bool struck = false;  // by the fault
};

[[nodiscard]] std::string to_text(const std::vector<Call>& calls);

// The calls that go through a proxy, and which of them the fault strikes. For several threads.
class CallLog {
public:
    explicit CallLog(Fault fault) : fault_(std::move(fault)) {}

    [[nodiscard]] const Fault& fault() const { return fault_; }

    struct Begun {
        std::size_t index;
        Kind fault;  // none, unless this is the call
    };
    Begun begin(const std::string& method, const std::string& target);
    void end(std::size_t index, int status);

    [[nodiscard]] std::vector<Call> calls() const;  // so far, in the order of their heads
    // Waits until the fault has struck, at most 20 seconds: whether it has.
    [[nodiscard]] bool wait_until_struck() const;

private:
    const Fault fault_;
    mutable std::mutex mutex_;
    std::vector<Call> calls_;
    int matching_ = 0;
    bool struck_ = false;
};

}  // namespace faults
