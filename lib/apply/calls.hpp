#pragma once

#include <memory>
#include <utility>

#include "apply/run.hpp"

namespace apply {

// Engine calls and timers whose callbacks come no more once this is gone: a time limit leaves calls
// in flight behind.
class Calls {
public:
    explicit Calls(Run& run) : run_(run) {}

    template <class T, class Done>
    void send(engine::Call<T> call, Done done) {
        run_.client().send(std::move(call), guarded<engine::Result<T>>(std::move(done)));
    }
    template <class What>
    void at(Clock::time_point when, What what) {
        run_.at(when, guarded(std::move(what)));
    }
    // Does nothing once this is gone.
    template <class... Arguments, class What>
    [[nodiscard]] auto guarded(What what) const {
        return
            [alive = std::weak_ptr<int>(alive_), what = std::move(what)](Arguments... arguments) {
                if (!alive.expired()) {
                    what(std::move(arguments)...);
                }
            };
    }

    [[nodiscard]] Run& run() { return run_; }

private:
    Run& run_;
    std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace apply
