#pragma once

#include <atomic>
#include <optional>

#include "base/descriptor.hpp"

namespace apply {

// What asks a command to end before it is done.
class Interrupt {
public:
    Interrupt() = default;
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    virtual ~Interrupt() = default;

    [[nodiscard]] virtual int descriptor() const = 0;  // readable once it asks
    // The signal that asks, or that an exit code tells of; none: nothing asks.
    [[nodiscard]] virtual std::optional<int> signal() const = 0;
};

// SIGINT and SIGTERM, for as long as it lives: for a process that runs one command. After the first
// one both act as they always do, so that a second ends the process at once, whatever it is doing.
// There is one at a time, as there is one set of signal handlers.
class SignalInterrupt final : public Interrupt {
public:
    SignalInterrupt();
    ~SignalInterrupt() override;

    [[nodiscard]] int descriptor() const override { return descriptor_.get(); }
    [[nodiscard]] std::optional<int> signal() const override;

private:
    base::Descriptor descriptor_;
};

// Asked by another thread: for a process that runs several commands. Acts as SIGTERM does.
class StopRequest final : public Interrupt {
public:
    StopRequest();

    void stop();  // from any thread

    [[nodiscard]] int descriptor() const override { return descriptor_.get(); }
    [[nodiscard]] std::optional<int> signal() const override;

private:
    base::Descriptor descriptor_;
    std::atomic<bool> stopped_ = false;
};

}  // namespace apply
