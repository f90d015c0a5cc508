#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "present/progress.hpp"
#include "present/stop_groups.hpp"

namespace present {

// One line for each change, written when it happened: what a log or a pipe gets.
class LineProgress final : public Progress {
public:
    LineProgress(Sink sink, DiagnosticText diagnostic_text, Clock clock);

    void on(const apply::Event& event) override;
    void tick() override;
    [[nodiscard]] std::chrono::milliseconds tick_interval() const override;
    void finish(Outcome outcome) override;
    void say(const std::string& text) override { sink_(text); }

private:
    struct Pull {
        std::chrono::microseconds began{0};
        std::chrono::microseconds told{0};
        std::int64_t current = 0, total = 0;
    };

    void plan_is_known(const apply::Planned& planned);
    void step_ended(const apply::StepEnded& ended);
    void container_ready(const appliance::ContainerId& container);
    void line(const std::string& text);

    Sink sink_;
    DiagnosticText diagnostic_text_;
    Clock clock_;
    std::map<std::string, Pull> pulls_;  // under way, by the image
    const appliance::Appliance* appliance_ = nullptr;
    const plan::Plan* plan_ = nullptr;
    StopGroups stops_;
    std::set<plan::Instance> stopped_;    // engine IDs that the plan stops before it deletes them
    std::set<plan::Instance> made_anew_;  // deleted only to be created again
    std::map<appliance::ContainerId, std::chrono::microseconds> started_at_;
};

}  // namespace present
