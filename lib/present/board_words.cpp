#include "present/board_words.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/overload.hpp"

namespace present {

std::optional<appliance::ContainerId> container_of(const plan::Action& action) {
    if (const auto* await = std::get_if<plan::AwaitReady>(&action)) {
        return await->container;
    }
    const auto instance = plan::instance_of(action);
    return instance ? std::optional(instance->container) : std::nullopt;
}

bool starts(const plan::Action& action) {
    return std::holds_alternative<plan::StartInstance>(action) ||
           std::holds_alternative<plan::ResumeInstance>(action);
}

std::string_view in_progress(const plan::Action& action) {
    using Text = std::string_view;
    return std::visit(
        base::Overload{
            [](const plan::WriteRecord&) { return Text("writing the record"); },
            [](const plan::CreateNetwork&) { return Text("making the network"); },
            [](const plan::CreateInstance&) { return Text("creating"); },
            [](const plan::RestorePolicy&) { return Text("starting"); },
            [](const plan::MarkFailed&) { return Text("stopping"); },
            [](const plan::StartInstance&) { return Text("starting"); },
            [](const plan::ResumeInstance&) { return Text("resuming"); },
            [](const plan::StopInstance&) { return Text("stopping"); },
            [](const plan::DeleteInstance&) { return Text("removing"); },
            [](const plan::PromoteCandidate&) { return Text("taking over"); },
            [](const plan::AwaitCandidate&) { return Text("waiting until the new one is ready"); },
            [](const plan::DeleteNetwork&) { return Text("removing the network"); },
            [](const plan::DeleteVolume&) { return Text("removing a volume"); },
            [](const plan::AwaitReady&) { return Text("waiting until it is ready"); },
            [](const plan::Milestone&) { return Text("waiting"); },
        },
        action);
}

std::string megabytes(std::int64_t current, std::int64_t total) {
    constexpr std::int64_t megabyte = 1'000'000;
    const std::int64_t all = (total + megabyte - 1) / megabyte;
    return fmt::format("{} of {} MB", current == total ? all : current / megabyte, all);
}

std::string pulling(std::int64_t current, std::int64_t total) {
    return total <= 0 ? "pulling" : "pulling " + megabytes(current, total);
}

std::string waiting_for(std::vector<std::string> names) {
    constexpr std::size_t at_most = 3;
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.empty()) {
        return "waiting";
    }
    if (names.size() <= at_most) {
        return fmt::format("waiting for {}", fmt::join(names, ", "));
    }
    const std::size_t more = names.size() - (at_most - 1);
    names.resize(at_most - 1);
    return fmt::format("waiting for {} and {} more", fmt::join(names, ", "), more);
}

std::string waiting_for_other(const apply::WaitingForOther& other) {
    return other.pid > 0
               ? fmt::format("waiting for another pivot at this appliance (process {})", other.pid)
               : std::string("waiting for another pivot at this appliance");
}

}  // namespace present
