#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "apply/peer.hpp"
#include "apply/run.hpp"
#include "base/descriptor.hpp"

namespace apply {

// One changing command at a time for an appliance of an engine, on this machine: an abstract Unix
// socket that the kernel frees with its process. It needs no file and no permission, and whoever
// waits for it need not poll. Abstract names belong to a network namespace: a pivot in another one
// does not see the lock.
//
// Anybody may bind such a name or connect to it. So only those who may use the engine are listened
// to, and nobody else is waited for: where another has the name, the command goes on without the
// lock and says so.
class Lock {
public:
    enum class Holder { up, down };

    // `holder`: what this command is. Only an `up` lets itself be taken over by a `down`.
    Lock(Run& run, const engine::Address& address, const ApplianceId& appliance, Holder holder);
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock();

    // Waits for it, which the listener hears of; a `down` asks an `up` that holds it to end. Not
    // `done`: the run ended first, and it is not held. From then on, until this goes, a `down`
    // that wants it ends the run with End::taken_over. `done` without holding it: there are no
    // such sockets here, or one without rights has the name, which the listener hears of.
    [[nodiscard]] Run::End acquire();
    [[nodiscard]] bool had_to_wait() const { return had_to_wait_; }

private:
    enum class Attempt { held, taken, unusable };
    [[nodiscard]] Attempt try_to_hold();
    [[nodiscard]] Run::End pause();
    [[nodiscard]] Run::End wait_for_end_of(int connection, const Peer& holder);
    void go_on_without(const std::optional<Peer>& holder);
    void on_caller();
    void on_message(int caller);

    Run& run_;
    ApplianceId appliance_;
    std::string name_;  // without the leading zero byte
    EngineRights rights_;
    Holder holder_;
    bool had_to_wait_ = false;
    base::Descriptor descriptor_;
    std::map<int, base::Descriptor> callers_;  // those who wait for it, by descriptor
};

}  // namespace apply
