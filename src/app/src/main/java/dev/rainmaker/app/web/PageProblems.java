package dev.rainmaker.app.web;

import dev.rainmaker.app.schedule.UnknownSchedule;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Refusals on pages, as a page. */
@ControllerAdvice(annotations = Controller.class)
class PageProblems {

    @ExceptionHandler
    ModelAndView handle(Refusal refusal) {
        return page(refusal.getStatusCode().value(), refusal.detail());
    }

    @ExceptionHandler
    ModelAndView handle(UnknownSchedule unknown) {
        return page(404, String.valueOf(unknown.getMessage()));
    }

    private static ModelAndView page(int status, String detail) {
        ModelAndView page = new ModelAndView("error", HttpStatus.valueOf(status));
        page.addObject("status", status);
        page.addObject("detail", detail);
        return page;
    }
}
