#include "faults/call_log.hpp"

#include <chrono>
#include <thread>

#include <fmt/format.h>

namespace faults {

std::string to_text(const std::vector<Call>& calls) {
    std::string text;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Call& call = calls[i];
        text += fmt::format("{:>3} {} {} {}{}\n", i + 1, call.method, call.target, call.status,
                            call.struck ? "   <-- the fault" : "");
    }
    return text;
}

CallLog::Begun CallLog::begin(const std::string& method, const std::string& target) {
    const std::lock_guard lock(mutex_);
    calls_.push_back({method, target});
    const bool matches = (method + " " + target).find(fault_.target) != std::string::npos;
    const bool strikes =
        fault_.kind != Kind::none && matches && (++matching_ == fault_.call || fault_.call == 0);
    calls_.back().struck = strikes;
    struck_ = struck_ || strikes;
    return {calls_.size() - 1, strikes ? fault_.kind : Kind::none};
}

void CallLog::end(std::size_t index, int status) {
    const std::lock_guard lock(mutex_);
    calls_[index].status = status;
}

std::vector<Call> CallLog::calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

bool CallLog::wait_until_struck() const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            if (struck_) {
                return true;
            }
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

}  // namespace faults
