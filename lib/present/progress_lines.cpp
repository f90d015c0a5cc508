#include "present/progress_lines.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/overload.hpp"
#include "present/board_words.hpp"
#include "present/cells.hpp"
#include "present/powers_text.hpp"
#include "present/time_text.hpp"

namespace present {
namespace {

constexpr std::chrono::seconds between_words_of_a_pull{30};

// "pulling nginx: 34 of 118 MB"
std::string pulling(const std::string& image, std::int64_t current, std::int64_t total) {
    return total > 0 ? fmt::format("pulling {}: {}", image, megabytes(current, total))
                     : fmt::format("pulling {}", image);
}

std::string stopped_line(const StopGroups::Stopped& stopped) {
    return fmt::format("stopped {} ({})", fmt::join(stopped.instances, ", "),
                       precise(stopped.took));
}

bool is_job(const appliance::Appliance* appliance, const appliance::ContainerId& id) {
    return appliance != nullptr &&
           std::any_of(appliance->containers.begin(), appliance->containers.end(),
                       [&](const appliance::Container& container) {
                           return container.id == id &&
                                  container.type == appliance::ContainerType::job;
                       });
}

}  // namespace

LineProgress::LineProgress(Sink sink, DiagnosticText diagnostic_text, Clock clock)
    : sink_(std::move(sink)),
      diagnostic_text_(std::move(diagnostic_text)),
      clock_(std::move(clock)) {}

void LineProgress::on(const apply::Event& event) {
    std::visit(
        base::Overload{
            [&](const apply::Noticed& e) { sink_(diagnostic_text_(e.diagnostic)); },
            [&](const apply::WaitingForOther& e) { line(waiting_for_other(e)); },
            [&](const apply::PullBegan& e) {
                const auto now = clock_();
                pulls_[e.image] = {now, now};
                line(fmt::format("pulling {}", e.image));
            },
            [&](const apply::PullAdvanced& e) {
                pulls_[e.image].current = e.current;
                pulls_[e.image].total = e.total;
            },
            [&](const apply::PullEnded& e) {
                pulls_.erase(e.image);
                line(fmt::format("pulled {} ({})", e.image, precise(e.took)));
            },
            [&](const apply::Planned& e) { plan_is_known(e); }, [](const apply::StepBegan&) {},
            [&](const apply::StepEnded& e) { step_ended(e); },
            [&](const apply::ContainerReady& e) { container_ready(e.container); },
            [](const apply::CheckFailed&) {},
            [](const apply::ContainerFailed&) {},  // the error tells it
            [](const apply::FailureKnown&) {},     // whoever has the document tells it
        },
        event);
}

void LineProgress::tick() {
    const auto now = clock_();
    for (auto& [image, pull] : pulls_) {
        if (now - pull.told >= between_words_of_a_pull) {
            pull.told = now;
            line(fmt::format("still {} ({})", pulling(image, pull.current, pull.total),
                             rough(now - pull.began)));
        }
    }
}

std::chrono::milliseconds LineProgress::tick_interval() const { return std::chrono::seconds(1); }

void LineProgress::finish(Outcome) {
    for (const StopGroups::Stopped& stopped : stops_.unfinished()) {
        line(stopped_line(stopped));
    }
    plan_ = nullptr;
}

void LineProgress::plan_is_known(const apply::Planned& planned) {
    plan_ = planned.plan;
    appliance_ = planned.appliance;
    if (const std::string powers = powers_line(planned); !powers.empty()) {
        line(powers);
    }
    const bool is_down = appliance_ == nullptr;
    stops_ = is_down ? StopGroups(*plan_) : StopGroups();
    for (const plan::Step& step : plan_->steps) {
        if (const auto* stop = std::get_if<plan::StopInstance>(&step.action);
            stop != nullptr && is_down) {
            stopped_.insert(stop->instance);
        } else if (const auto* create = std::get_if<plan::CreateInstance>(&step.action)) {
            made_anew_.insert(create->instance);
        }
    }
}

void LineProgress::step_ended(const apply::StepEnded& ended) {
    const std::string took = precise(ended.took);
    std::visit(
        base::Overload{
            [](const plan::WriteRecord&) {},
            [](const plan::CreateNetwork&) {},
            [](const plan::CreateInstance&) {},
            [](const plan::RestorePolicy&) {},
            [](const plan::MarkFailed&) {},
            [&](const plan::StartInstance& step) {
                started_at_[step.instance.container] = clock_();
                line(fmt::format("started {} ({})", plan::to_string(step.instance, step.role),
                                 took));
            },
            [&](const plan::ResumeInstance& step) {
                line(fmt::format("resumed {} ({})", plan::to_string(step.instance), took));
            },
            [&](const plan::StopInstance& step) {
                if (appliance_ != nullptr || plan_ == nullptr) {
                    line(fmt::format("stopped {} ({})", plan::to_string(step.instance, step.role),
                                     took));
                } else if (const auto group = stops_.ended(
                               static_cast<plan::StepIndex>(ended.step - plan_->steps.data()),
                               ended.took)) {
                    line(stopped_line(*group));
                }
            },
            [&](const plan::DeleteInstance& step) {
                if (!stopped_.contains(step.instance) && !made_anew_.contains(step.instance)) {
                    line(fmt::format("removed {} ({})", plan::to_string(step.instance, step.role),
                                     took));
                }
            },
            [&](const plan::PromoteCandidate& step) {
                line(fmt::format("replaced {}", plan::to_string(step.instance)));
            },
            [](const plan::DeleteNetwork&) {},
            [](const plan::DeleteVolume&) {},
            [](const plan::AwaitCandidate&) {},
            [](const plan::AwaitReady&) {},
            [](const plan::Milestone&) {},
        },
        ended.step->action);
}

// A service that started has its line already; of a job it matters that it has ended.
void LineProgress::container_ready(const appliance::ContainerId& container) {
    const auto started = started_at_.find(container);
    if (started != started_at_.end() && is_job(appliance_, container)) {
        line(fmt::format("finished {} ({})", container, precise(clock_() - started->second)));
    }
}

void LineProgress::line(const std::string& text) { sink_(printable(text) + "\n"); }

}  // namespace present
