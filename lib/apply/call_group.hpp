#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "apply/failure.hpp"
#include "apply/run.hpp"

namespace apply {

// Several calls at once, of different kinds, all of whose replies are needed.
class CallGroup {
public:
    explicit CallGroup(Run& run) : run_(run) {}

    // The reply goes into `into`, which must outlive `wait`. `what` as in "list the containers".
    template <class T>
    void send(engine::Call<T> call, T& into, std::string what) {
        ++state_->open;
        run_.client().send(std::move(call), [waiting = std::weak_ptr(state_), &into,
                                             what = std::move(what)](engine::Result<T> reply) {
            const auto state = waiting.lock();
            if (!state) {
                return;  // the wait ended before
            }
            --state->open;
            if (reply) {
                into = std::move(*reply);
            } else if (!state->failure) {
                state->failure = CallFailed{what, std::move(reply.error())};
            }
        });
    }

    // Returns when every reply is there; gives the first that was an error, or why the wait ended.
    [[nodiscard]] std::optional<Failure> wait() {
        auto failure = run_.failure_of(run_.run_until([this] { return state_->open == 0; }));
        return failure ? std::move(failure) : std::move(state_->failure);
    }

private:
    struct State {
        int open = 0;
        std::optional<Failure> failure;
    };

    Run& run_;
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace apply
