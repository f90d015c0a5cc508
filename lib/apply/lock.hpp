#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "apply/run.hpp"

namespace apply {

// One changing command at a time for an appliance of an engine, on this machine: an abstract Unix
// socket that the kernel frees with its process. It needs no file and no permission, and whoever
// waits for it need not poll. Abstract names belong to a network namespace: a pivot in another one
// does not see the lock.
class Lock {
public:
    enum class Holder { up, down };

    // `holder`: what this command is. Only an `up` lets itself be taken over by a `down`.
    Lock(Run& loop, const engine::Address& address, const ApplianceId& appliance, Holder holder);
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock();

    // Waits for it, which the listener hears of; a `down` asks an `up` that holds it to end. Not
    // `done`: the loop ended first, and it is not held. From then on, until this goes, a `down`
    // that wants it ends the loop with End::taken_over.
    [[nodiscard]] Run::End acquire();
    [[nodiscard]] bool had_to_wait() const { return had_to_wait_; }

private:
    enum class Attempt { held, taken, unusable };
    [[nodiscard]] Attempt try_to_hold();
    [[nodiscard]] Run::End wait_for_holder();
    void on_caller();
    void on_message(int caller);

    Run& loop_;
    std::string name_;  // without the leading zero byte
    Holder holder_;
    bool had_to_wait_ = false;
    int descriptor_ = -1;
    std::vector<int> callers_;
};

}  // namespace apply
