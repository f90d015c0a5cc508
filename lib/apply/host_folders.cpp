#include "apply/host_folders.hpp"

#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "apply/run.hpp"

namespace apply {
namespace {

// No call tells whether a path exists. But a create looks at the mounts before it looks for the
// image: so one of an image that cannot exist is refused with 400 for the mount, or else with 404
// for the image.
engine::Call<engine::CreatedContainer> question(const std::string& path) {
    engine::CreateContainer impossible;
    impossible.image = "sha256:" + std::string(64, '0');
    impossible.mounts.push_back(
        {.type = engine::Mount::Type::bind, .source = path, .target = "/asked", .read_only = true});
    return engine::api::create_container(impossible);
}

bool says_missing(const engine::Result<engine::CreatedContainer>& reply) {
    const auto* refused = reply ? nullptr : std::get_if<engine::Refused>(&reply.error());
    return refused != nullptr && refused->status == 400 &&
           refused->message.find("bind source path does not exist") != std::string::npos;
}

// By the containers that the plan makes, in document order.
std::vector<HostFolderMissing> folders_of(const appliance::Appliance& appliance,
                                          const plan::Plan& plan) {
    std::set<ContainerId> made;
    for (const plan::Step& step : plan.steps) {
        if (const auto* create = std::get_if<plan::CreateInstance>(&step.action)) {
            made.insert(create->instance.container);
        }
    }
    std::set<std::string> seen;
    std::vector<HostFolderMissing> folders;
    for (const appliance::Container& container : appliance.containers) {
        if (!made.contains(container.id)) {
            continue;
        }
        for (const appliance::Mount& mount : container.mounts) {
            const auto* folder = std::get_if<appliance::HostFolder>(&mount.source);
            if (folder != nullptr && seen.insert(folder->path).second) {
                folders.push_back({folder->path, container.id, folder->where});
            }
        }
    }
    return folders;
}

}  // namespace

std::optional<Failure> find_missing_host_folders(Run& run, const appliance::Appliance& appliance,
                                                 const plan::Plan& plan) {
    std::vector<HostFolderMissing> folders = folders_of(appliance, plan);
    std::vector<engine::Call<engine::CreatedContainer>> questions;
    for (const HostFolderMissing& folder : folders) {
        questions.push_back(question(folder.path));
    }
    const auto replies = run.get_all(questions);
    if (!replies) {
        return replies.error();
    }
    HostFoldersMissing missing;
    for (std::size_t i = 0; i < replies->size(); ++i) {
        if (says_missing((*replies)[i])) {
            missing.folders.push_back(std::move(folders[i]));
        }
    }
    return missing.folders.empty() ? std::nullopt : std::optional<Failure>(std::move(missing));
}

}  // namespace apply
