#include "apply/images.hpp"

#include <algorithm>
#include <list>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "apply/pull_sum.hpp"

namespace apply {
namespace {

constexpr auto time_for_the_others = std::chrono::seconds(5);

diagnostics::Span place_of(const std::string& image, const appliance::Appliance& appliance) {
    for (const appliance::Container& container : appliance.containers) {
        if (container.image == image) {
            return container.image_where;
        }
    }
    return {};
}

// The command line's word counts for all; else the containers', of which the most demanding one
// counts where they share the image.
UpOptions::Pull pull_policy(const appliance::Appliance& appliance, const std::string& image,
                            const UpOptions& options) {
    if (options.pull) {
        return *options.pull;
    }
    UpOptions::Pull result = UpOptions::Pull::never;
    for (const appliance::Container& container : appliance.containers) {
        if (container.image != image) {
            continue;
        }
        switch (container.pull.value_or(appliance::PullPolicy::missing)) {
            case appliance::PullPolicy::always: return UpOptions::Pull::always;
            case appliance::PullPolicy::missing: result = UpOptions::Pull::missing; break;
            case appliance::PullPolicy::never: break;
        }
    }
    return result;
}

// That of the first container that names one: the engine keeps one image of a name.
std::string platform_of(const std::string& image, const appliance::Appliance& appliance) {
    for (const appliance::Container& container : appliance.containers) {
        if (container.image == image && !container.extras.platform.empty()) {
            return container.extras.platform;
        }
    }
    return {};
}

// Only what the engine says is about the image.
ImageUnavailable pull_failure(const std::string& image, const engine::Error& error,
                              const appliance::Appliance& appliance) {
    if (const auto* refused = std::get_if<engine::Refused>(&error)) {
        return {image, ImageUnavailable::Why::pull_failed, refused->message,
                place_of(image, appliance)};
    }
    return {image, ImageUnavailable::Why::call_failed, "", place_of(image, appliance), error};
}

// One pull that is under way.
class Pull {
public:
    Pull(Run& run, std::string image, const std::string& platform)
        : listener_(run.listener()), image_(std::move(image)), began_(Clock::now()) {
        listener_.on(PullBegan{image_});
        stream_ = run.client().stream(
            engine::api::pull_image(image_, platform), [] {},
            [this](const engine::PullProgress& progress) { advance(progress); },
            [this](std::optional<engine::Error> error) { end(std::move(error)); });
    }
    Pull(const Pull&) = delete;
    Pull& operator=(const Pull&) = delete;
    ~Pull() = default;

    [[nodiscard]] const std::string& image() const { return image_; }
    [[nodiscard]] bool ended() const { return ended_; }
    [[nodiscard]] const std::optional<engine::Error>& error() const { return error_; }
    // The registry has the image: its layers are coming.
    [[nodiscard]] bool is_coming() const { return is_coming_; }

private:
    void advance(const engine::PullProgress& progress) {
        // An engine may say where it pulls from before it has asked there.
        is_coming_ =
            is_coming_ || (!progress.id.empty() && !progress.status.starts_with("Pulling from"));
        const std::int64_t before = sum_.current();
        sum_.hear(progress);
        if (sum_.current() != before) {
            listener_.on(PullAdvanced{image_, sum_.current(), sum_.total()});
        }
    }

    void end(std::optional<engine::Error> error) {
        ended_ = true;
        error_ = std::move(error);
        if (!error_) {
            sum_.end();
            listener_.on(PullAdvanced{image_, sum_.current(), sum_.total()});
            listener_.on(
                PullEnded{image_, std::chrono::duration_cast<Duration>(Clock::now() - began_)});
        }
    }

    Listener& listener_;
    std::string image_;
    Clock::time_point began_;
    PullSum sum_;
    bool is_coming_ = false;
    bool ended_ = false;
    std::optional<engine::Error> error_;
    engine::StreamHandle stream_;
};

// One has failed. The others get a moment to tell whether their images are there at all, so that
// all that is wrong is known at once.
ImagesUnavailable pull_failures(Run& run, const std::list<Pull>& pulls,
                                const appliance::Appliance& appliance) {
    const auto until = Clock::now() + time_for_the_others;
    run.at(until, [] {});
    (void)run.run_until([&] {
        return Clock::now() >= until ||
               std::all_of(pulls.begin(), pulls.end(),
                           [](const Pull& one) { return one.ended() || one.is_coming(); });
    });
    ImagesUnavailable unavailable;
    for (const Pull& one : pulls) {
        if (one.error()) {
            unavailable.images.push_back(pull_failure(one.image(), *one.error(), appliance));
        }
    }
    return unavailable;
}

std::optional<Failure> pull(Run& run, const std::vector<std::string>& images,
                            const appliance::Appliance& appliance) {
    std::list<Pull> pulls;
    for (const std::string& image : images) {
        pulls.emplace_back(run, image, platform_of(image, appliance));
    }
    const auto all_ended = [&] {
        return std::all_of(pulls.begin(), pulls.end(), [](const Pull& one) { return one.ended(); });
    };
    const auto any_failed = [&] {
        return std::any_of(pulls.begin(), pulls.end(),
                           [](const Pull& one) { return one.error().has_value(); });
    };
    const Run::End end = run.run_until([&] { return any_failed() || all_ended(); });
    if (any_failed()) {
        return pull_failures(run, pulls, appliance);
    }
    if (end == Run::End::timed_out) {
        auto failure = run.failure_of(end);
        auto& timed_out = std::get<TimedOut>(*failure);
        for (const Pull& one : pulls) {
            if (!one.ended()) {
                timed_out.pulling.push_back(one.image());
            }
        }
        return failure;
    }
    return run.failure_of(end);
}

}  // namespace

std::vector<std::string> images_of(const appliance::Appliance& appliance) {
    std::vector<std::string> images;
    std::set<std::string> seen;
    for (const appliance::Container& container : appliance.containers) {
        if (seen.insert(container.image).second) {
            images.push_back(container.image);
        }
    }
    return images;
}

ImageLookUp::ImageLookUp(Run& run, std::vector<std::string> images)
    : run_(run), images_(std::move(images)) {
    state_->replies.resize(images_.size());
    state_->missing = images_.size();
    for (std::size_t i = 0; i < images_.size(); ++i) {
        run_.client().send(engine::api::inspect_image(images_[i]),
                           [state = state_, i](engine::Result<engine::ImageDetail> reply) {
                               state->replies[i] = std::move(reply);
                               --state->missing;
                           });
    }
}

tl::expected<LookedUp, Failure> ImageLookUp::wait() {
    if (auto failure = run_.failure_of(run_.run_until([this] { return state_->missing == 0; }))) {
        return tl::unexpected(std::move(*failure));
    }
    LookedUp result;
    for (std::size_t i = 0; i < images_.size(); ++i) {
        auto& reply = *state_->replies[i];
        if (reply) {
            result.images.emplace(images_[i], std::move(*reply));
        } else if (engine::is_status(reply.error(), 404)) {
            result.missing.push_back(images_[i]);
        } else {
            return tl::unexpected<Failure>(CallFailed{
                fmt::format("inspect the image `{}`", images_[i]), std::move(reply.error())});
        }
    }
    return result;
}

std::map<std::string, std::string> ids_of(const Images& images) {
    std::map<std::string, std::string> ids;
    for (const auto& [image, detail] : images) {
        ids.emplace(image, detail.id);
    }
    return ids;
}

tl::expected<std::vector<std::string>, Failure> images_to_pull(
    const appliance::Appliance& appliance, const Images& there, const UpOptions& options) {
    std::vector<std::string> wanted;
    ImagesUnavailable unavailable;
    for (const std::string& image : images_of(appliance)) {
        const bool missing = !there.contains(image);
        switch (pull_policy(appliance, image, options)) {
            case UpOptions::Pull::always: wanted.push_back(image); break;
            case UpOptions::Pull::missing:
                if (missing) {
                    wanted.push_back(image);
                }
                break;
            case UpOptions::Pull::never:
                if (missing) {
                    unavailable.images.push_back({image,
                                                  options.pull == UpOptions::Pull::never
                                                      ? ImageUnavailable::Why::never_pulled
                                                      : ImageUnavailable::Why::policy_never,
                                                  "", place_of(image, appliance)});
                }
                break;
        }
    }
    if (!unavailable.images.empty()) {
        return tl::unexpected<Failure>(std::move(unavailable));
    }
    return wanted;
}

tl::expected<Images, Failure> provide_images(Run& run, const appliance::Appliance& appliance,
                                             LookedUp looked_up, const UpOptions& options) {
    const auto to_pull = images_to_pull(appliance, looked_up.images, options);
    if (!to_pull) {
        return tl::unexpected(to_pull.error());
    }
    const std::vector<std::string>& wanted = *to_pull;
    if (wanted.empty()) {
        return std::move(looked_up.images);
    }
    if (auto failure = pull(run, wanted, appliance)) {
        return tl::unexpected(std::move(*failure));
    }
    // A stream that ended well is no promise: only the inspect is.
    auto again = ImageLookUp(run, wanted).wait();
    if (!again) {
        return tl::unexpected(std::move(again.error()));
    }
    if (!again->missing.empty()) {
        ImagesUnavailable unavailable;
        for (const std::string& image : again->missing) {
            unavailable.images.push_back({image, ImageUnavailable::Why::pull_failed,
                                          "the engine does not have it after its pull",
                                          place_of(image, appliance)});
        }
        return tl::unexpected<Failure>(std::move(unavailable));
    }
    for (auto& [image, detail] : again->images) {
        looked_up.images[image] = std::move(detail);
    }
    return std::move(looked_up.images);
}

}  // namespace apply
