#pragma once

#include <optional>
#include <string>
#include <utility>

#include "apply/failure.hpp"
#include "engine/client.hpp"

namespace apply {

// Several calls at once, of different kinds, all of whose answers are needed.
class Questions {
public:
    explicit Questions(engine::Client& client) : client_(client) {}

    // `into` must outlive `wait`. `what` as in "list the containers".
    template <class T>
    void ask(engine::Call<T> call, T& into, std::string what) {
        ++open_;
        client_.send(std::move(call),
                     [this, &into, what = std::move(what)](engine::Result<T> reply) {
                         --open_;
                         if (reply) {
                             into = std::move(*reply);
                         } else if (!failure_) {
                             failure_ = CallFailed{what, std::move(reply.error())};
                         }
                     });
    }

    // Returns when every answer is there; gives the first that was an error.
    [[nodiscard]] std::optional<CallFailed> wait() {
        while (open_ > 0) {
            client_.run_once(std::chrono::seconds(1));
        }
        return std::move(failure_);
    }

private:
    engine::Client& client_;
    int open_ = 0;
    std::optional<CallFailed> failure_;
};

}  // namespace apply
